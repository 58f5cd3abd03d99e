//! The entry point of the browser app: takes over the element `#annals`.

fn main() {
    annals::view::take_over();
}
