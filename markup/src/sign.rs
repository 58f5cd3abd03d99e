//! What each character means that begins a piece of the text, for the macro that writes it and for the app that reads it.

/// An element: its name.
pub(super) const ELEMENT: u8 = 0x01;
/// An attribute of the element: its name.
pub(super) const ATTRIBUTE: u8 = 0x02;
/// The value of the attribute before.
pub(super) const VALUE: u8 = 0x03;
/// A gap for the value of the attribute with this name.
pub(super) const NAMED_GAP: u8 = 0x04;
/// A gap for a key, a reference, a listener or a property.
pub(super) const GAP: u8 = 0x05;
/// A text.
pub(super) const TEXT: u8 = 0x06;
/// A gap for what stands among the children.
pub(super) const CHILD: u8 = 0x07;
/// The end of the element.
pub(super) const END: u8 = 0x08;

/// Whether a byte begins a piece. No text holds such characters.
pub(super) const fn begins(byte: u8) -> bool {
    byte >= ELEMENT && byte <= END
}
