# What `cmake --install` puts where. Plugins add themselves (toimela_add_plugin). Nothing in the
# installed tree names the prefix, but for the systemd unit, which is written when installing.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(TOIMELA_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Toimela)
set(TOIMELA_SHARE_DIR ${CMAKE_INSTALL_DATADIR}/toimela)

install(TARGETS toimela RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS toimela_core EXPORT ToimelaTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/include/toimela
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES ${KIT_DIGEST} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/toimela)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/web ${PROJECT_SOURCE_DIR}/db
        DESTINATION ${TOIMELA_SHARE_DIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# find_package(Toimela) for plugins outside this tree.
install(EXPORT ToimelaTargets NAMESPACE Toimela:: DESTINATION ${TOIMELA_PACKAGE_DIR})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/cmake/ToimelaConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/ToimelaConfig.cmake INSTALL_DESTINATION ${TOIMELA_PACKAGE_DIR})
# Before 1.0 a minor version may change the kit.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/ToimelaConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ToimelaConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/ToimelaConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/cmake/ToimelaPlugin.cmake
        DESTINATION ${TOIMELA_PACKAGE_DIR})

# The prefix is known only now: `cmake --install --prefix` may give another than configuring did.
install(CODE "
  set(TOIMELA_PROGRAM \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/toimela\")
  configure_file(\"${PROJECT_SOURCE_DIR}/scripts/toimela.service.in\"
                 \"${CMAKE_CURRENT_BINARY_DIR}/toimela.service\" @ONLY)")
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/toimela.service DESTINATION lib/systemd/system)
