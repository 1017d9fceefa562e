//! Embeds the ministry's profile where a release names one in `SAPARLAS_EMBED_PROFILE`, and takes the app's identifier
//! from it. Embeds what is said before the scripts run.

use std::{env, error::Error, fs, path::PathBuf};

#[path = "build/here.rs"]
mod here;
#[path = "build/identifier.rs"]
mod identifier;
#[path = "build/messages.rs"]
mod messages;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=SAPARLAS_EMBED_PROFILE");
    let embedded = match env::var_os("SAPARLAS_EMBED_PROFILE") {
        Some(file) => {
            println!("cargo:rerun-if-changed={}", PathBuf::from(&file).display());
            fs::read_to_string(file)?
        }
        None => String::new(),
    };
    let config: serde_json::Value = serde_json::from_str(&fs::read_to_string("tauri.conf.json")?)?;
    let default = config["identifier"].as_str().ok_or("tauri.conf.json has no identifier")?;
    println!("cargo:rustc-env=SAPARLAS_IDENTIFIER={}", identifier::identifier(&embedded, default)?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("profile.json"), embedded)?;
    for lang in ["kk", "ru", "en"] {
        let file = format!("../ui/messages/{lang}.json");
        println!("cargo:rerun-if-changed={file}");
        fs::write(out.join(format!("said-{lang}.json")), messages::said(&fs::read_to_string(file)?)?)?;
    }
    if env::var("CARGO_CFG_TARGET_OS")? == "linux" {
        // addresses that the loader fills in take an eighth of the place; glibc 2.36 reads them
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
        if env::var("PROFILE")? == "release" {
            let script = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("build/unwinding.ld");
            println!("cargo:rerun-if-changed={}", script.display());
            println!("cargo:rustc-link-arg-bins=-Wl,--no-eh-frame-hdr,-T,{}", script.display());
        }
    }
    here::tell();
    tauri_build::build();
    Ok(())
}
