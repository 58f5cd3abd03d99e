//! The app for large timelines, which asks a worker for what it shows of them: it comes in the place of the app that is there.

fn main() {
    annals::view::take_over();
}
