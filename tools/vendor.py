"""Fetch the pinned browser libraries into static/vendor, the icons into one sprite, the provinces into one map.

Run it only to change a version: what it fetches is committed, so neither set-up nor the
browser ever asks a network for it. Needs `npm` and `npx` on the PATH.
"""

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"

ICONS = Path(__file__).with_name("icons.txt").read_text().split()


@dataclass(frozen=True)
class Package:
    """One npm package at one version, and which of its files we serve."""

    folder: str
    name: str
    version: str
    files: tuple[str, ...]


BOOTSTRAP_ICONS = Package("bootstrap-icons", "bootstrap-icons", "1.13.2", ())
PACKAGES = [
    Package(
        "bootstrap",
        "bootstrap",
        "5.3.9",
        ("dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js"),
    ),
    Package("htmx", "htmx.org", "2.0.11", ("dist/htmx.min.js",)),
    Package(
        "sarabun",
        "@fontsource/sarabun",
        "5.3.0",
        tuple(
            f"files/sarabun-{script}-{weight}-normal.woff2"
            for script in ("thai", "latin")
            for weight in (400, 600)
        ),
    ),
]

PROVINCES = Package("svg-maps-thailand", "@svg-maps/thailand", "2.0.0", ())
AXE = Package("axe-core", "axe-core", "4.14.1", ("axe.min.js",))
ECHARTS = Package("echarts", "echarts", "6.1.0", ())
ESBUILD = "esbuild@0.28.2"

# The parts of ECharts that our pages draw with; the whole would be twice as heavy.
DRAWN = """
import { init, use } from "echarts/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
window.echarts = { init };
"""

SMALLEST = 0.8  # the shortest line of the map that is kept; the map is 560 wide

# A map we do not serve would stop the hashed static files from being built.
SOURCE_MAP = re.compile(rb"\n?(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")


def unpacked(package: Package, into: Path) -> Path:
    """The folder of `package`, fetched and unpacked under `into`."""
    into.mkdir(parents=True)
    subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=into,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = into.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    return into / "package"


def install(package: Package, source: Path, target: Path | None = None) -> None:
    """Put the served files of `package`, its licence and its version into static/vendor, or into `target`."""
    target = target or STATIC / "vendor" / package.folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in package.files:
        content = (source / file).read_bytes()
        (target / Path(file).name).write_bytes(SOURCE_MAP.sub(b"\n", content))
    licence = next(path for name in ("LICENSE", "LICENSE.md") if (path := source / name).exists())
    shutil.copyfile(licence, target / "LICENSE")
    (target / "VERSION").write_text(f"{package.name} {package.version}\n")


def sprite(icons: Path) -> str:
    """One SVG holding every icon of ICONS as a <symbol> of its own name."""
    symbols = []
    for name in ICONS:
        svg = (icons / f"{name}.svg").read_text()
        box = re.search(r'viewBox="([^"]+)"', svg).group(1)
        body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S).group(1)
        symbols.append(f'<symbol id="{name}" viewBox="{box}">{"".join(body.split(chr(10))).strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def chart_library(folder: Path) -> bytes:
    """ECharts with only the parts in DRAWN, as one script."""
    folder.mkdir(parents=True)
    (folder / "drawn.js").write_text(DRAWN)
    library = f"{ECHARTS.name}@{ECHARTS.version}"
    subprocess.run(["npm", "install", "--silent", "--no-save", library, ESBUILD], cwd=folder, check=True)
    build = ["npx", "esbuild", "drawn.js", "--bundle", "--minify", "--legal-comments=none"]
    return subprocess.run(build, cwd=folder, check=True, capture_output=True).stdout


def province_map(package: Path) -> str:
    """One SVG with a path for each province, to be shown by <use>; coordinates rounded to a tenth."""
    content = (package / "index.js").read_text(encoding="utf-8")
    found = json.loads(content[content.index("{") : content.rindex("}") + 1])
    paths = "\n".join(f'<path id="{each["id"]}" d="{rounded(each["path"])}"/>' for each in found["locations"])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{found["viewBox"]}">\n{paths}\n</svg>\n'


def rounded(path: str) -> str:
    """A path of relative moves and lines, as absolute tenths without the steps that are too small to see."""
    written, here, begin, drawn, command = [], 0j, 0j, 0j, ""
    for token in re.findall(r"[mlz]|[^\smlz]+", path):
        if token.isalpha():
            command = token
            if command == "z":
                written.append("z")
                here = begin
            continue
        x, y = map(float, token.split(","))
        here += complex(x, y)
        starts = command == "m"
        if starts:
            begin, command = here, "l"
        if starts or abs(here - drawn) >= SMALLEST:
            written.append(f"{'M' if starts else 'L'}{here.real:.1f},{here.imag:.1f}".replace(".0", ""))
            drawn = here
    return "".join(written)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            install(package, unpacked(package, Path(folder) / package.folder))
        source = unpacked(BOOTSTRAP_ICONS, Path(folder) / BOOTSTRAP_ICONS.folder)
        install(BOOTSTRAP_ICONS, source)
        (STATIC / "icons.svg").write_text(sprite(source / "icons"))
        install(ECHARTS, unpacked(ECHARTS, Path(folder) / ECHARTS.folder))
        script = chart_library(Path(folder) / "charts")
        (STATIC / "vendor" / ECHARTS.folder / "echarts.bars.min.js").write_bytes(script)
        source = unpacked(PROVINCES, Path(folder) / PROVINCES.folder)
        install(PROVINCES, source)
        (STATIC / "vendor" / PROVINCES.folder / "provinces.svg").write_text(province_map(source))
        install(AXE, unpacked(AXE, Path(folder) / AXE.folder), ROOT / "tests" / "browser" / "vendor")


if __name__ == "__main__":
    main()
