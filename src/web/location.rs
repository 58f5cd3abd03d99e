//! The address of what is shown.

use gloo::events::EventListener;

use super::place;
use crate::state::Address;

/// What the address says.
pub fn current_address() -> Address {
    let (query, hash) = place::address();
    Address::parse(&query, &hash)
}

/// Adds the address to the history, so that Back leads here.
pub fn push(address: &Address) {
    place::set_address(&address.query(), &address.hash(), true);
}

/// Changes the address without adding to the history.
pub fn replace(address: &Address) {
    place::set_address(&address.query(), &address.hash(), false);
}

/// Calls back when there is another address. Dropping the listeners ends it.
pub fn on_change(callback: impl Fn(Address) + Clone + 'static) -> Vec<EventListener> {
    place::on_move(move || callback(current_address()))
}
