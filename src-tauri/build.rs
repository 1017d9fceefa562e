//! Embeds the ministry's profile where a release names one in `SAPARLAS_EMBED_PROFILE`.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=SAPARLAS_EMBED_PROFILE");
    let embedded = match env::var_os("SAPARLAS_EMBED_PROFILE") {
        Some(file) => {
            println!("cargo:rerun-if-changed={}", PathBuf::from(&file).display());
            fs::read_to_string(file)?
        }
        None => String::new(),
    };
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("profile.json"), embedded)?;
    tauri_build::build();
    Ok(())
}
