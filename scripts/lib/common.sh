# Shared by the scripts beside this folder; sourced, never run.
# shellcheck shell=bash

# What is printed must not depend on who runs it, and file names may have any letter.
export LC_ALL=C.UTF-8
# Without this ccache refuses every file that uses a precompiled header.
sloppiness=pch_defines,time_macros,include_file_mtime,include_file_ctime
export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-$sloppiness}"

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

say() { printf '==> %s\n' "$*"; }
complain() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() {
  complain "$@"
  exit 2
}

# How many compilers run at once. Not exported: the program takes every TOIMELA_… for a setting.
export -n TOIMELA_JOBS="${TOIMELA_JOBS:-$(nproc)}"

# The program that supervised() waits for, so that a signal to the script reaches it.
supervisedPid=

# Runs a command so that SIGINT or SIGTERM to this script ends the command first: by default bash
# would die at once on SIGTERM and leave the command running. Should the script be killed outright,
# the kernel tells the command. Never in a subshell: the script would wait for that instead.
supervised() {
  local status=0
  setpriv --pdeathsig TERM -- "$@" <&0 &
  supervisedPid=$!
  wait "$supervisedPid" || status=$?
  supervisedPid=
  return "$status"
}

# For use in a trap.
stopSupervised() {
  if [[ -n "$supervisedPid" ]]; then
    kill -TERM "$supervisedPid" 2>/dev/null || true
    wait "$supervisedPid" 2>/dev/null || true
    supervisedPid=
  fi
}

# One argument: a signal's name. Ends as a program ended by that signal would be reported.
endBySignal() {
  stopSupervised
  exit $((128 + $(kill -l "$1")))
}
endOnSignals() {
  local signal
  for signal in INT TERM HUP; do
    # shellcheck disable=SC2064  # the name is meant to be filled in now
    trap "endBySignal $signal" "$signal"
  done
}

# build PRESET [TARGET...]: configures when that was never done (Ninja notices changed CMake files
# by itself, but not a changed presets file or a moved checkout) and builds.
build() {
  local preset="$1" folder="$root/build/$1"
  shift
  local cache="$folder/CMakeCache.txt" arguments=()
  if [[ -f "$cache" ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    say "The checkout has moved: configuring anew"
    arguments+=(--fresh)
  fi
  if [[ ! -f "$folder/build.ninja" || "$root/CMakePresets.json" -nt "$folder/build.ninja" ||
    ${#arguments[@]} -gt 0 ]]; then
    say "Configuring ($preset)"
    supervised cmake -S "$root" --preset "$preset" "${arguments[@]}" --log-level=WARNING || return
  fi
  supervised ninja -C "$folder" -j "$TOIMELA_JOBS" "$@"
}
