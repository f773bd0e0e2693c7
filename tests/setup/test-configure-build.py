#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/configure-build on a project of one line, with the real meson."""

import shutil
import subprocess
import sys

import tap
from tap import holds, same


def lay_out(folder):
    (folder / "scripts").mkdir()
    shutil.copy(tap.TOP / "scripts" / "configure-build", folder / "scripts")
    (folder / "scripts" / "packages.txt").write_text("meson\n")
    (folder / "meson.build").write_text("project('tiny')\nmessage('prefix', get_option('prefix'))\n")


def configure(folder, *options):
    return subprocess.run([folder / "scripts" / "configure-build", "build", *options], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=tap.WATCHDOG_S, check=False)


def configured(folder, *options):
    result = configure(folder, *options)
    same(result.returncode, 0)
    return result.stdout


def test_configures_once(folder):
    lay_out(folder)
    holds(configured(folder, "--prefix=/opt/a"), "/opt/a")
    same(configured(folder, "--prefix=/opt/a"), "")


def test_other_options_configure_anew_and_keep_the_build(folder):
    lay_out(folder)
    configured(folder, "--prefix=/opt/a")
    (folder / "build" / "object").touch()
    holds(configured(folder, "--prefix=/opt/b"), "/opt/b")
    assert (folder / "build" / "object").exists()


def test_other_packages_configure_anew(folder):
    lay_out(folder)
    configured(folder)
    (folder / "scripts" / "packages.txt").write_text("meson\nninja-build\n")
    holds(configured(folder), "prefix")
    same(configured(folder), "")


def test_build_of_another_meson_is_begun_afresh(folder):
    lay_out(folder)
    configured(folder)
    stamp = folder / "build" / ".configured"
    stamp.write_text("0.1\n" + stamp.read_text().split("\n", 1)[1])
    (folder / "build" / "object").touch()
    holds(configured(folder), "beginning it afresh")
    assert not (folder / "build" / "object").exists()


def test_half_made_build_is_begun_afresh(folder):
    lay_out(folder)
    configured(folder)
    (folder / "build" / "build.ninja").unlink()
    holds(configured(folder), "beginning it afresh")
    same(configured(folder), "")


def test_failed_configuration_is_tried_again(folder):
    lay_out(folder)
    good = (folder / "meson.build").read_text()
    (folder / "meson.build").write_text(good + "error('no networks; run scripts/fetch-models')\n")
    for _ in range(2):
        result = configure(folder)
        same(result.returncode, 1)
        holds(result.stdout, "run scripts/fetch-models")
    (folder / "meson.build").write_text(good)
    configured(folder)
    same(configured(folder), "")


def test_folder_that_is_no_build_is_left_alone(folder):
    lay_out(folder)
    (folder / "build").mkdir()
    (folder / "build" / "mine").touch()
    configured(folder)
    assert (folder / "build" / "mine").exists()


if __name__ == "__main__":
    sys.exit(tap.run(sys.modules[__name__]))
