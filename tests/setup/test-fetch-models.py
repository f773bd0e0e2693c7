#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/fetch-models against a fake npm and apt-get that serve right, wrong and hostile packages."""

import hashlib
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import tarfile
import time

import tap
from tap import holds, same

FETCH = tap.TOP / "scripts" / "fetch-models"
HERE = pathlib.Path(__file__).resolve().parent
EYES = b"eyes" * 5000
MOUTH = b"mouth" * 7000


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def tarball(files, links=()):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for path, target in links:
            member = tarfile.TarInfo(path)
            member.type = tarfile.SYMTYPE
            member.linkname = target
            archive.addfile(member)
    return packed.getvalue()


def entry(file, path, content):
    return {"file": file, "path": path, "sha256": sha256(content), "bytes": len(content)}


class Stage:
    """A shelf of packages, the folder to fill and the manifest, all below one temporary folder."""

    def __init__(self, folder):
        self.shelf = folder / "shelf"
        self.into = folder / "files"
        self.path = folder / "bin"
        self.manifest_path = folder / "manifest.json"
        self.manifest = {"version": 1, "packages": []}
        self.shelf.mkdir()
        self.path.mkdir()
        (self.path / "npm").symlink_to(HERE / "fake-npm")

    def add(self, name, files, entries, packed=None):
        packed = packed or tarball(files)
        (self.shelf / f"{name}-1.0.0.tgz").write_bytes(packed)
        self.manifest["packages"].append({"kind": "npm", "name": name, "version": "1.0.0", "sha256": sha256(packed),
                                          "bytes": len(packed), "licence": "MIT", "files": entries})
        return self.manifest["packages"][-1]

    def add_both(self):
        eyes = self.add("eyes", {"package/a/eyes.onnx": EYES, "package/a/other": b"x"},
                        [entry("eyes.onnx", "package/a/eyes.onnx", EYES)])
        mouth = self.add("mouth", {"package/mouth.onnx": MOUTH}, [entry("mouth.onnx", "package/mouth.onnx", MOUTH)])
        return eyes, mouth

    def command(self, *arguments):
        self.manifest_path.write_text(json.dumps(self.manifest))
        return [FETCH, "--manifest", self.manifest_path, "--into", self.into, *arguments]

    def environment(self):
        return dict(os.environ, PATH=f"{self.path}:/usr/bin:/bin", FAKE_SHELF=str(self.shelf))

    def run(self, *arguments, **changed):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env=dict(self.environment(), **changed), timeout=tap.WATCHDOG_S, check=False)

    def start(self):
        return subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                stdin=subprocess.DEVNULL, env=self.environment())

    def calls(self):
        path = self.shelf / "calls"
        return path.read_text().split() if path.exists() else []

    def files(self):
        return sorted(path.name for path in self.into.iterdir() if path.name not in (".lock", ".checked.json"))

    def refused(self, *parts):
        result = self.run()
        same(result.returncode, 1)
        holds(result.stderr, *parts)
        assert "Traceback" not in result.stderr, result.stderr


def wait_for(path, process):
    end = time.monotonic() + tap.WATCHDOG_S
    while not path.exists():
        assert process.poll() is None, f"ended with {process.returncode} before {path.name} came"
        assert time.monotonic() < end, f"{path} did not come"
        time.sleep(0.01)


def test_fetches_checks_and_then_fetches_nothing(folder):
    stage = Stage(folder)
    stage.add_both()
    first = stage.run()
    same((first.returncode, first.stderr), (0, ""))
    holds(first.stdout, "fetching eyes 1.0.0", "fetching mouth 1.0.0", "100 %")
    same(stage.files(), ["eyes.onnx", "manifest.json", "mouth.onnx"])
    same((stage.into / "eyes.onnx").read_bytes(), EYES)
    same((stage.into / "manifest.json").read_text(), stage.manifest_path.read_text())
    second = stage.run()
    same((second.returncode, len(second.stdout.splitlines())), (0, 1))
    holds(second.stdout, "nothing to fetch")
    same(stage.calls(), ["eyes@1.0.0", "mouth@1.0.0"])


def test_package_with_a_wrong_checksum_is_refused(folder):
    stage = Stage(folder)
    eyes, _ = stage.add_both()
    right = eyes["sha256"]
    eyes["sha256"] = "0" * 64
    stage.refused("eyes 1.0.0", "wrong checksum", f"expected sha256 {'0' * 64}", f"found    sha256 {right}")
    same(stage.files(), [])


def test_file_with_a_wrong_checksum_is_refused(folder):
    stage = Stage(folder)
    _, mouth = stage.add_both()
    mouth["files"][0]["sha256"] = "1" * 64
    stage.refused("mouth.onnx of mouth 1.0.0", "wrong checksum", f"found    sha256 {sha256(MOUTH)}")
    same(stage.files(), ["eyes.onnx"])


def test_package_is_kept_whole_or_not_at_all(folder):
    stage = Stage(folder)
    package = stage.add("both", {"package/eyes": EYES, "package/mouth": MOUTH},
                        [entry("eyes.onnx", "package/eyes", EYES), entry("mouth.onnx", "package/mouth", MOUTH)])
    package["files"][1]["sha256"] = "2" * 64
    stage.refused("mouth.onnx")
    same(stage.files(), [])


def test_file_of_a_wrong_size_is_refused(folder):
    for size in (len(EYES) - 1, len(EYES) + 1):
        own = folder / str(size)
        own.mkdir()
        stage = Stage(own)
        eyes, _ = stage.add_both()
        eyes["files"][0]["bytes"] = size
        stage.refused("eyes.onnx of eyes 1.0.0", f"expected {size} bytes")
        same(stage.files(), [])


def test_truncated_package_is_refused(folder):
    stage = Stage(folder)
    whole = tarball({"package/eyes.onnx": os.urandom(50000)})
    stage.add("eyes", {}, [entry("eyes.onnx", "package/eyes.onnx", EYES)], packed=whole[:len(whole) // 2])
    stage.refused("eyes 1.0.0", "not a whole package")
    same(stage.files(), [])


def test_package_without_the_file_is_refused(folder):
    stage = Stage(folder)
    stage.add("eyes", {"package/other": EYES}, [entry("eyes.onnx", "package/eyes.onnx", EYES)])
    stage.refused("eyes.onnx: there is no package/eyes.onnx in eyes 1.0.0")


def test_missing_npm_is_named(folder):
    stage = Stage(folder)
    stage.add_both()
    result = stage.run(PATH=str(folder / "nowhere"))
    same(result.returncode, 1)
    holds(result.stderr, "npm is missing", "scripts/install-packages")


def test_words_of_a_failing_npm_are_shown(folder):
    stage = Stage(folder)
    stage.add_both()
    (stage.shelf / "refuse").write_text("npm ERR! network no route to the server")
    stage.refused("eyes 1.0.0 could not be fetched", "no route to the server", "Look at the network")


def test_manifest_that_leads_out_of_its_folder_is_refused(folder):
    stage = Stage(folder)
    eyes, _ = stage.add_both()
    for name in ("../evil", "/etc/evil", "a/b", "..", ".hidden", "manifest.json", "two\nlines", ""):
        eyes["files"][0]["file"] = name
        stage.refused("is not the plain name of a file")
    eyes["files"][0]["file"] = "eyes.onnx"
    for path in ("../x", "package/../../x", "/etc/passwd"):
        eyes["files"][0]["path"] = path
        stage.refused("leads out of its package")
    same(stage.calls(), [])


def test_names_that_npm_would_take_for_options_or_addresses_are_refused(folder):
    stage = Stage(folder)
    eyes, _ = stage.add_both()
    for name in ("--registry=x", "../eyes", "git+ssh://x/y", "eyes mouth", "@a/b/c", ""):
        eyes["name"] = name
        stage.refused("is no name of a package")
    same(stage.calls(), [])


def test_broken_manifest_is_named(folder):
    stage = Stage(folder)
    stage.manifest_path.write_text("{ not json")
    result = subprocess.run([FETCH, "--manifest", stage.manifest_path, "--into", stage.into], capture_output=True,
                            text=True, check=False)
    same(result.returncode, 1)
    holds(result.stderr, str(stage.manifest_path), "is not JSON")
    stage.manifest = {"version": 2}
    stage.refused("not a manifest of version 1")


def test_links_and_stray_paths_in_a_package_reach_nothing(folder):
    stage = Stage(folder)
    outside = folder / "outside"
    outside.write_bytes(EYES)
    packed = tarball({"../../stray": b"stray", "/stray": b"stray"}, links=[("package/eyes.onnx", str(outside))])
    stage.add("eyes", {}, [entry("eyes.onnx", "package/eyes.onnx", EYES)], packed=packed)
    stage.refused("eyes.onnx", "is a link")
    same([path for path in folder.rglob("stray")], [])
    same(stage.files(), [])


def test_interrupted_run_goes_on_where_it_was(folder):
    stage = Stage(folder)
    stage.add_both()
    (stage.shelf / "hold").write_text("mouth@1.0.0")
    process = stage.start()
    wait_for(stage.shelf / "held", process)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=tap.WATCHDOG_S)
    same(process.returncode, 130)
    holds(words, "run this again to go on")
    same(stage.files(), ["eyes.onnx"])
    (stage.shelf / "hold").unlink()
    same(stage.run().returncode, 0)
    same(stage.files(), ["eyes.onnx", "manifest.json", "mouth.onnx"])
    same(stage.calls(), ["eyes@1.0.0", "mouth@1.0.0", "mouth@1.0.0"])


def test_killed_run_leaves_nothing_that_the_next_does_not_clear(folder):
    stage = Stage(folder)
    stage.add_both()
    (stage.shelf / "hold").touch()
    process = stage.start()
    wait_for(stage.shelf / "held", process)
    process.kill()
    process.communicate(timeout=tap.WATCHDOG_S)
    assert any(name.startswith(".staging-") for name in stage.files())
    (stage.shelf / "hold").unlink()
    same(stage.run().returncode, 0)
    same(stage.files(), ["eyes.onnx", "manifest.json", "mouth.onnx"])


def test_two_runs_at_once_fetch_once(folder):
    stage = Stage(folder)
    stage.add_both()
    (stage.shelf / "hold").touch()
    first = stage.start()
    wait_for(stage.shelf / "held", first)
    second = stage.start()
    same(second.stdout.readline(), f"models: waiting for another run that fills {stage.into}\n")
    (stage.shelf / "hold").unlink()
    for process in (first, second):
        process.communicate(timeout=tap.WATCHDOG_S)
        same(process.returncode, 0)
    same(stage.calls(), ["eyes@1.0.0", "mouth@1.0.0"])


def test_damaged_file_is_found_and_fetched_again(folder):
    stage = Stage(folder)
    stage.add_both()
    same(stage.run().returncode, 0)
    same(stage.run("--check").returncode, 0)
    damaged = bytes([EYES[0] ^ 1]) + EYES[1:]
    (stage.into / "eyes.onnx").write_bytes(damaged)
    checked = stage.run("--check")
    same(checked.returncode, 1)
    holds(checked.stderr, "eyes.onnx")
    assert "mouth" not in checked.stderr
    same(stage.run().returncode, 0)
    same((stage.into / "eyes.onnx").read_bytes(), EYES)
    same(stage.calls()[2:], ["eyes@1.0.0"])


def test_touched_file_is_read_again_but_not_fetched(folder):
    stage = Stage(folder)
    stage.add_both()
    same(stage.run().returncode, 0)
    os.utime(stage.into / "eyes.onnx", (1, 1))
    (stage.into / ".checked.json").write_text("[broken")
    holds(stage.run().stdout, "nothing to fetch")
    same(len(stage.calls()), 2)


def test_full_disk_is_told_before_anything_is_fetched(folder):
    stage = Stage(folder)
    eyes, _ = stage.add_both()
    eyes["bytes"] = 10 ** 16
    stage.refused("MB free", "Make room")
    same(stage.calls(), [])


def test_file_in_the_way_of_the_folder_is_named(folder):
    stage = Stage(folder)
    stage.add_both()
    stage.into.write_text("in the way")
    stage.refused(str(stage.into))


def test_file_out_of_a_debian_package(folder):
    stage = Stage(folder)
    tree = folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "usr/share/faces").mkdir(parents=True)
    (tree / "usr/share/faces/grace.jpg").write_bytes(EYES)
    (tree / "DEBIAN/control").write_text("Package: faces\nVersion: 1\nArchitecture: all\nMaintainer: A <a@b.c>\n"
                                         "Description: faces\n")
    subprocess.run(["dpkg-deb", "--build", tree, stage.shelf / "faces_1_all.deb"], check=True, capture_output=True)
    tap.script(stage.path / "apt-get", '#!/bin/sh\n[ "$1 $3" = "download faces" ] && cp "$FAKE_SHELF"/*.deb .\n')
    stage.manifest["packages"].append({"kind": "deb", "name": "faces", "licence": "public domain",
                                       "files": [entry("grace.jpg", "usr/share/faces/grace.jpg", EYES)]})
    same((stage.run().returncode, stage.files()), (0, ["grace.jpg", "manifest.json"]))
    (stage.into / "grace.jpg").unlink()
    stage.manifest["packages"][0]["files"][0]["sha256"] = "3" * 64
    stage.refused("grace.jpg of faces", "wrong checksum")


def test_the_manifest_of_this_project_is_well_formed(folder):
    result = subprocess.run([FETCH, "--list", "--into", folder], capture_output=True, text=True, check=True)
    holds(result.stdout, "fr_detect.onnx", "franck.webm")


if __name__ == "__main__":
    sys.exit(tap.run(sys.modules[__name__]))
