//! The entry point of the browser app: takes over the element `#annals`.

fn main() {
    annals::web::install_crash_notice();
    let root = annals::web::document().and_then(|document| document.get_element_by_id("annals"));
    if let Some(root) = root {
        yew::Renderer::<annals::view::App>::with_root(root).render();
    }
}
