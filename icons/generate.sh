#!/bin/sh
# Draws every size the window, the tray, the installers and Android's launcher need from saparlas.svg.
# Needs librsvg2-bin, imagemagick and icnsutils.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# PNG32: keeps four channels: the window toolkit takes only RGBA.
draw() {
  rsvg-convert --width "$1" --height "$1" "${drawing:-saparlas.svg}" --output "$work/drawn.png"
  convert "$work/drawn.png" -strip -define png:exclude-chunks=date,time "PNG32:$2"
}

draw 32 32x32.png
draw 128 128x128.png
draw 256 128x128@2x.png
draw 512 icon.png
draw 64 tray.png

for size in 16 24 32 48 64 128 256 512 1024; do
  draw "$size" "$work/$size.png"
done
( cd "$work" && convert 16.png 24.png 32.png 48.png 64.png 256.png icon.ico )
( cd "$work" && png2icns icon.icns 16.png 32.png 48.png 128.png 256.png 512.png 1024.png >png2icns.log ) ||
  { cat "$work/png2icns.log" >&2; exit 1; }
mv "$work/icon.ico" "$work/icon.icns" .

# Android: a tile for old launchers; for newer ones the drawing to its edges, which the launcher cuts to its own shape
android=../src-tauri/gen/android/app/src/main/res
sed 's/ clip-path="url(#tile)"//' saparlas.svg >"$work/whole.svg"
for density in mdpi:48:108 hdpi:72:162 xhdpi:96:216 xxhdpi:144:324 xxxhdpi:192:432; do
  name=${density%%:*} sizes=${density#*:}
  draw "${sizes%:*}" "$android/mipmap-$name/ic_launcher.png"
  drawing=$work/whole.svg draw "${sizes#*:}" "$android/mipmap-$name/ic_launcher_foreground.png"
done
