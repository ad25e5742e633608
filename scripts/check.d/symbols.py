"""What a built plugin shows to others. Skipped where nothing has been built."""

import subprocess

DESCRIPTOR = "toimela_plugin"


def check(tree):
    for library in sorted(tree.root.glob("build/*/lib/toimela/plugins/*/plugin.so")):
        path = str(library.relative_to(tree.root))
        if path.split("/")[1] in ("asan", "tsan"):
            continue  # they export what the sanitisers need
        listed = subprocess.run(["nm", "-D", "--defined-only", str(library)], capture_output=True,
                                text=True, check=False)
        if listed.returncode != 0:
            tree.add(path, 1, "nm can not read it; build it again")
            continue
        # Weak symbols (W, V, u) are templates and types that must be the same for host and plugin.
        strong = {line.split()[-1] for line in listed.stdout.splitlines() if line.split()[-2] in "TDBR"}
        for name in sorted(strong - {DESCRIPTOR}):
            tree.add(path, 1, f"exports {name}; only {DESCRIPTOR} is to be seen from outside")
        if DESCRIPTOR not in strong:
            tree.add(path, 1, f"does not export {DESCRIPTOR}")
