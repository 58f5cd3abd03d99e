//! Tests that need a browser but no page of ours: the two faults of Yew 0.23.0 that the house rule avoids, and the browser
//! adapters.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
#![allow(missing_docs, clippy::unwrap_used, reason = "these are tests")]

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

fn mount_point() -> Element {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    root
}

#[derive(Properties, PartialEq)]
struct NothingProps {
    shown: bool,
}

#[component]
fn MaybeNothing(props: &NothingProps) -> Html {
    if props.shown {
        html! { <b>{"shown"}</b> }
    } else {
        html! {}
    }
}

/// An appearing node, a component that renders nothing and a disappearing node side by side crash when unwrapped.
#[component]
fn Wrapped() -> Html {
    let on = use_state(|| false);
    let onclick = {
        let on = on.clone();
        Callback::from(move |_: MouseEvent| on.set(!*on))
    };
    html! {
        <div>
            <button {onclick}>{"switch"}</button>
            <span class="first">{ for (*on).then(|| html! { <i>{"appearing"}</i> }) }</span>
            <span><MaybeNothing shown=false /></span>
            <span class="last">{ for (!*on).then(|| html! { <i>{"disappearing"}</i> }) }</span>
        </div>
    }
}

#[wasm_bindgen_test]
async fn wrapped_conditionals_survive_being_switched() {
    let root = mount_point();
    yew::Renderer::<Wrapped>::with_root(root.clone()).render();
    TimeoutFuture::new(50).await;
    for expected in ["appearing", "disappearing", "appearing"] {
        root.query_selector("button").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
        TimeoutFuture::new(50).await;
        assert_eq!(root.query_selector("i").unwrap().unwrap().text_content().unwrap(), expected);
    }
}

/// An unkeyed list that grows at the end of its parent recreates the siblings before it; in its own element it does not.
#[component]
fn Growing() -> Html {
    let count = use_state(|| 1_usize);
    let onclick = {
        let count = count.clone();
        Callback::from(move |_: MouseEvent| count.set(*count + 1))
    };
    html! {
        <div>
            <button {onclick}>{"grow"}</button>
            <input />
            <ul>{ for (0..*count).map(|item| html! { <li key={item}>{item}</li> }) }</ul>
        </div>
    }
}

#[wasm_bindgen_test]
async fn a_list_in_its_own_element_leaves_its_siblings_alone() {
    let root = mount_point();
    yew::Renderer::<Growing>::with_root(root.clone()).render();
    TimeoutFuture::new(50).await;
    let field = root.query_selector("input").unwrap().unwrap();
    root.query_selector("button").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    TimeoutFuture::new(50).await;
    assert_eq!(root.query_selector_all("li").unwrap().length(), 2);
    assert!(root.query_selector("input").unwrap().unwrap().is_same_node(Some(&field)));
}
