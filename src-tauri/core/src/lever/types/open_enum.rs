//! Enumerations to which Lever adds values without notice (LEVER.md 2.5).

/// Declares an enumeration with the text of each known value, and `Other` for a value that is not known yet,
/// with its text.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$of])* $value,)+
            /// A value that Fulcrum does not know, as Lever writes it.
            Other(String),
        }

        impl $name {
            /// The value as Lever writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$value,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

pub(super) use open_enum;
