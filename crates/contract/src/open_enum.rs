//! Enums that can grow: a word that this reader does not know is read as `Other`, which has a stated safe meaning.

/// Declares enums whose wire form is one snake_case word. `Other` is written as `(other)`, a word that no document
/// may hold, so that what was not understood is never written as if it were.
macro_rules! open_enum {
    ($(
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident),* $(,)? }
        $(#[$other_doc:meta])+ other
    )*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS, utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            $(#[$other_doc])+
            #[serde(other, rename = "(other)")]
            Other,
        }

        impl $name {
            /// Every word that this reader knows.
            pub const KNOWN: &[Self] = &[$(Self::$variant),*];
        }
    )*};
}
pub(crate) use open_enum;

/// How [`open_enum`] writes what it did not understand.
pub(crate) const OTHER: &str = "(other)";
