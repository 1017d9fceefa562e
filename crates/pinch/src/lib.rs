//! WebKitGTK zooms the whole page by a pinch of its own, which pushes the call bar off the screen, unless a script of
//! the page is there to forbid it. Here the view stops doing so. It goes on to see the gesture, and to let go of the
//! tap where one begins: two fingers on a link follow it nowhere. The page hears of each finger all the same.
#![cfg(target_os = "linux")]

use std::ptr;

use gtk::{
    GestureZoom, Widget,
    glib::{
        gobject_ffi::{G_SIGNAL_MATCH_DATA, G_SIGNAL_MATCH_ID, GObject, g_signal_handlers_disconnect_matched},
        object::ObjectType,
        prelude::{ObjectExt, StaticType},
        subclass::SignalId,
        translate::IntoGlib,
    },
};

/// The name by which a view keeps its gesture, in WebKitGTK's `WebKitWebViewBase.cpp`.
const GESTURE: &str = "wk-view-zoom-gesture";

/// What the gesture tells as the fingers spread or close.
const SPREADING: &str = "scale-changed";

/// Takes from a web view what it does by a pinch. False where it has no such gesture.
pub fn take_from(view: &Widget) -> bool {
    let Some(spreading) = SignalId::lookup(SPREADING, GestureZoom::static_type()) else { return false };
    // SAFETY: what WebKitGTK keeps by this name is a `GtkGestureZoom`, which it holds for as long as the view lives;
    // only a pointer to it is read.
    let Some(gesture) = (unsafe { view.data::<GObject>(GESTURE) }) else { return false };
    // SAFETY: the gesture lives, as above. Its handlers are found by the signal's number and by the address of the view
    // they were connected for: GLib compares that, and reads none of what is null here.
    let taken = unsafe {
        g_signal_handlers_disconnect_matched(
            gesture.as_ptr(),
            G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
            spreading.into_glib(),
            0,
            ptr::null_mut(),
            ptr::null_mut(),
            view.as_ptr().cast(),
        )
    };
    taken > 0
}
