//! Builds the console's page into the program: what stands in `console/dist`, each file by its name. Where it was not
//! built, the program says so in its place.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let dist = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("console/dist");
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    // a folder that is not there would be looked for at each build: `make ui`, which makes it, touches this file
    if dist.is_dir() {
        println!("cargo:rerun-if-changed={}", dist.display());
        collect(&dist, &mut files)?;
    }
    files.sort();
    let lines = files.iter().map(|path| {
        let name = path.strip_prefix(&dist).unwrap_or(path).to_string_lossy().replace('\\', "/");
        format!("    ({name:?}, include_bytes!({:?})),\n", path.display().to_string())
    });
    let text = format!("pub static FILES: &[(&str, &[u8])] = &[\n{}];\n", lines.collect::<String>());
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("console.rs"), text)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
