//! The thin binary: mounts the app into the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    pipewright::mount();
}
