//! What is committed for Android and iOS agrees with the app's configuration and the UI's languages.

#![cfg(test)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

const ANDROID: &str = "http://schemas.android.com/apk/res/android";
const APP: &str = "gen/android/app";
/// What the resources without a language in their name are in.
const FALLBACK: &str = "en";

fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn read(inside: &str) -> String {
    fs::read_to_string(path(inside)).unwrap_or_else(|error| panic!("{inside}: {error}"))
}

fn json(inside: &str) -> Value {
    serde_json::from_str(&read(inside)).unwrap()
}

fn xml(text: &str) -> Document<'_> {
    Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }).unwrap()
}

fn names<'a>(document: &'a Document<'_>, tag: &str) -> BTreeSet<&'a str> {
    let of_tag = |node: &Node<'_, '_>| node.has_tag_name(tag);
    document.descendants().filter(of_tag).filter_map(|node| node.attribute((ANDROID, "name"))).collect()
}

/// Each language of the UI and the app's name in it.
fn app_names() -> BTreeMap<String, String> {
    let files = fs::read_dir(path("../ui/messages")).unwrap().map(|file| file.unwrap().path());
    files
        .map(|file| {
            let words: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
            (file.file_stem().unwrap().to_str().unwrap().to_owned(), words["app_name"].as_str().unwrap().to_owned())
        })
        .collect()
}

fn languages() -> BTreeSet<String> {
    app_names().into_keys().collect()
}

#[test]
fn the_activity_is_where_the_identifier_says() {
    let config = json("tauri.conf.json");
    let identifier = config["identifier"].as_str().unwrap();
    let gradle = read(&format!("{APP}/build.gradle.kts"));
    assert!(gradle.contains(&format!("namespace = \"{identifier}\"")));
    assert!(gradle.contains(&format!("applicationId = identifier ?: \"{identifier}\"")));
    let home = format!("{APP}/src/main/java/{}", identifier.replace('.', "/"));
    for file in fs::read_dir(path(&home)).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(text.starts_with(&format!("package {identifier}\n")), "{text}");
    }
}

#[test]
fn neither_a_cloud_nor_a_new_phone_gets_a_copy() {
    let manifest = read(&format!("{APP}/src/main/AndroidManifest.xml"));
    let manifest = xml(&manifest);
    let app = manifest.descendants().find(|node| node.has_tag_name("application")).unwrap();
    assert_eq!(app.attribute((ANDROID, "allowBackup")), Some("false"));
    assert_eq!(app.attribute((ANDROID, "dataExtractionRules")), Some("@xml/data_extraction_rules"));
    let rules = read(&format!("{APP}/src/main/res/xml/data_extraction_rules.xml"));
    let rules = xml(&rules);
    let everything = ["database", "external", "file", "root", "sharedpref"];
    for way in ["cloud-backup", "device-transfer"] {
        let way = rules.descendants().find(|node| node.has_tag_name(way)).unwrap();
        let kept_back: BTreeSet<&str> = way
            .children()
            .filter(Node::is_element)
            .inspect(|rule| assert!(rule.has_tag_name("exclude") && rule.attribute("path") == Some(".")))
            .filter_map(|rule| rule.attribute("domain"))
            .collect();
        assert!(everything.iter().all(|domain| kept_back.contains(domain)), "{kept_back:?}");
    }
}

#[test]
fn android_is_asked_for_no_more_than_is_used() {
    let manifest = read(&format!("{APP}/src/main/AndroidManifest.xml"));
    let manifest = xml(&manifest);
    let asked = names(&manifest, "uses-permission");
    let expected = [
        "ACCESS_COARSE_LOCATION",
        "ACCESS_FINE_LOCATION",
        "ACCESS_NETWORK_STATE",
        "INTERNET",
        "POST_NOTIFICATIONS",
        "RECEIVE_BOOT_COMPLETED",
    ];
    assert_eq!(asked, expected.map(|name| format!("android.permission.{name}")).iter().map(String::as_str).collect());
    let open: Vec<Option<&str>> = manifest
        .descendants()
        .filter(|node| node.attribute((ANDROID, "exported")) == Some("true"))
        .map(|node| node.attribute((ANDROID, "name")))
        .collect();
    assert_eq!(open, [Some(".MainActivity")], "what other apps may start");
}

#[test]
fn android_offers_the_ui_s_languages_and_no_other() {
    let manifest = read(&format!("{APP}/src/main/AndroidManifest.xml"));
    let manifest = xml(&manifest);
    let app = manifest.descendants().find(|node| node.has_tag_name("application")).unwrap();
    assert_eq!(app.attribute((ANDROID, "localeConfig")), Some("@xml/locales_config"));
    let config = read(&format!("{APP}/src/main/res/xml/locales_config.xml"));
    let offered: BTreeSet<String> = names(&xml(&config), "locale").into_iter().map(str::to_owned).collect();
    assert_eq!(offered, languages());
}

#[test]
fn the_app_is_called_the_same_under_its_icon_as_inside() {
    for (language, name) in app_names() {
        let folder = if language == FALLBACK { "values".to_owned() } else { format!("values-{language}") };
        let strings = read(&format!("{APP}/src/main/res/{folder}/strings.xml"));
        let strings = xml(&strings);
        let shown = strings.descendants().find(|node| node.attribute("name") == Some("app_name")).unwrap();
        assert_eq!(shown.text(), Some(name.as_str()), "{folder}");
    }
}

#[test]
fn ios_offers_the_ui_s_languages_and_no_other() {
    let plist = read("Info.ios.plist");
    let plist = xml(&plist);
    let of = |key: &str| {
        let key = plist.descendants().find(|node| node.has_tag_name("key") && node.text() == Some(key)).unwrap();
        key.next_sibling_element().unwrap()
    };
    let offered = of("CFBundleLocalizations").children().filter(Node::is_element).filter_map(|one| one.text());
    assert_eq!(offered.map(str::to_owned).collect::<BTreeSet<String>>(), languages());
    assert!(languages().contains(of("CFBundleDevelopmentRegion").text().unwrap()));
}
