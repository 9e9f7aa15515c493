//! ECharts, bound by hand: charming's own renderer has no dispose and no
//! events, and makes a new chart each time.
//!
//! The script is a megabyte, so it is loaded when the first chart asks for it.

use std::cell::RefCell;

use js_sys::{Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlElement, HtmlScriptElement,
};

use super::length::length;
use super::life::Act;
use crate::chart::Palette;

/// Where the page says under which name the build has put the script.
const SCRIPT: &str = "meta[name=echarts]";
/// How many pixels of a saved image a pixel of the screen becomes.
const IMAGE_SCALE: f64 = 2.0;

/// Why there is no chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// The script did not arrive.
    #[error("The charts could not be loaded: their program did not arrive.")]
    Load,
    /// ECharts refused something.
    #[error("The chart could not be drawn: {0}")]
    Draw(String),
}

#[wasm_bindgen]
extern "C" {
    type Instance;

    #[wasm_bindgen(js_namespace = echarts, catch)]
    fn init(element: &JsValue, theme: &JsValue, options: &JsValue) -> Result<Instance, JsValue>;

    #[wasm_bindgen(method, js_name = setOption, catch)]
    fn set_option(this: &Instance, options: &JsValue, how: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn on(this: &Instance, event: &str, handler: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn resize(this: &Instance) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn dispose(this: &Instance) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = renderToSVGString, catch)]
    fn render_to_svg(this: &Instance) -> Result<String, JsValue>;

    #[wasm_bindgen(method, js_name = renderToCanvas, catch)]
    fn render_to_canvas(this: &Instance, how: &JsValue) -> Result<HtmlCanvasElement, JsValue>;
}

thread_local! {
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Loads ECharts once for all who ask. After a failure the next one who asks
/// tries again.
///
/// # Errors
/// [`ChartError::Load`] when the script does not arrive.
pub async fn load() -> Result<(), ChartError> {
    if is_there() {
        return Ok(());
    }
    let promise = LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(request).clone());
    let arrived = JsFuture::from(promise).await.is_ok() && is_there();
    if !arrived {
        LOADING.with_borrow_mut(Option::take);
    }
    arrived.then_some(()).ok_or(ChartError::Load)
}

fn is_there() -> bool {
    Reflect::has(&js_sys::global(), &"echarts".into()).unwrap_or(false)
}

fn request() -> Promise {
    inside().unwrap_or_else(beside)
}

/// The script out of the page itself: all is in it where the program is one file.
fn inside() -> Option<Promise> {
    let run = Reflect::get(&js_sys::global(), &"pipewrightRun".into()).ok()?;
    let run: Function = run.dyn_into().ok()?;
    run.call1(&JsValue::NULL, &"echarts".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// The script from beside the page.
fn beside() -> Promise {
    Promise::new(&mut |resolve, reject| {
        let append = || {
            let document = web_sys::window()?.document()?;
            let place = document.query_selector(SCRIPT).ok()??;
            let script: HtmlScriptElement =
                document.create_element("script").ok()?.dyn_into().ok()?;
            script.set_src(&place.get_attribute("content")?);
            script.set_async(true);
            script.set_onload(Some(&resolve));
            script.set_onerror(Some(&reject));
            document.head()?.append_child(&script).ok()
        };
        if append().is_none() {
            // The promise is then never settled otherwise.
            let _ = reject.call0(&JsValue::NULL);
        }
    })
}

/// A chart on an element; gone with this value.
pub struct EChart {
    element: HtmlElement,
    instance: Instance,
    /// The ids of the series that are drawn.
    series: RefCell<Vec<Option<String>>>,
    _on_click: Closure<dyn FnMut(JsValue)>,
}

impl EChart {
    /// An empty chart that fills the element; [`load`] has been awaited.
    /// `on_pick` hears the ids of the data that are clicked.
    ///
    /// # Errors
    /// ECharts refuses the element.
    pub fn new(element: &HtmlElement, mut on_pick: Act<String>) -> Result<Self, ChartError> {
        let how = object(&[("renderer", "canvas".into())]);
        let instance = init(element.as_ref(), &JsValue::NULL, &how).map_err(draw_error)?;
        let on_click = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Some(id) = picked(&event) {
                on_pick.run(id);
            }
        });
        instance
            .on("click", on_click.as_ref().unchecked_ref())
            .map_err(draw_error)?;
        Ok(Self {
            element: element.clone(),
            instance,
            series: RefCell::default(),
            _on_click: on_click,
        })
    }

    /// Draws these options (JSON), joined with the ones before, so that what is
    /// drawn moves to its new place; where there are other series than before,
    /// anew. (To replace the series alone would take them away again with each
    /// media query that fits, since those name none.)
    ///
    /// # Errors
    /// The text is no JSON, or ECharts refuses it.
    pub fn set_options(&self, json: &str) -> Result<(), ChartError> {
        let options = JSON::parse(json).map_err(draw_error)?;
        let ids = series_of(&options);
        let is_other = self.series.replace(ids.clone()) != ids;
        let how = object(&[("notMerge", is_other.into())]);
        self.instance.set_option(&options, &how).map_err(draw_error)
    }

    /// Fills the element again after its size changed.
    pub fn resize(&self) {
        // It fails on a disposed chart only, which this one is not.
        let _ = self.instance.resize();
    }

    /// Its size on the screen.
    pub fn size_px(&self) -> (u32, u32) {
        (
            self.element.client_width() as u32,
            self.element.client_height() as u32,
        )
    }

    /// Gives the visitor the chart as a PNG file of that name, under its title
    /// and a date.
    ///
    /// # Errors
    /// The browser has no canvas to draw it on.
    pub fn save_png(
        &self,
        name: &str,
        head: (&str, &str),
        palette: &Palette,
    ) -> Result<(), ChartError> {
        let how = object(&[
            ("pixelRatio", IMAGE_SCALE.into()),
            ("backgroundColor", palette.surface.as_str().into()),
        ]);
        let chart = self.instance.render_to_canvas(&how).map_err(draw_error)?;
        titled(&chart, head, palette)
            .and_then(|url| save(name, &url))
            .map_err(draw_error)
    }
}

/// The address of a picture of these options (JSON), for an `img`; none where
/// ECharts is not loaded, or refuses them. It is made at once, and its lines
/// stay sharp in any size.
pub fn picture(json: &str, size_px: (u32, u32)) -> Option<String> {
    if !is_there() {
        return None;
    }
    let svg = js_sys::encode_uri_component(&svg(json, size_px).ok()?);
    Some(format!("data:image/svg+xml,{}", String::from(svg)))
}

/// A picture of these options (JSON) as SVG; [`load`] has been awaited.
///
/// # Errors
/// ECharts refuses them.
pub fn svg(json: &str, (width_px, height_px): (u32, u32)) -> Result<String, ChartError> {
    let how = object(&[
        ("renderer", "svg".into()),
        ("ssr", true.into()),
        ("width", width_px.into()),
        ("height", height_px.into()),
    ]);
    let instance = init(&JsValue::NULL, &JsValue::NULL, &how).map_err(draw_error)?;
    let drawn =
        JSON::parse(json).and_then(|options| instance.set_option(&options, &JsValue::UNDEFINED));
    let svg = drawn.and_then(|()| instance.render_to_svg());
    // Nothing is left to be freed where it fails.
    let _ = instance.dispose();
    svg.map_err(draw_error)
}

impl Drop for EChart {
    fn drop(&mut self) {
        // Disposing also takes the listeners off; nobody is left to be told.
        let _ = self.instance.dispose();
    }
}

/// The ids of the series of some options.
fn series_of(options: &JsValue) -> Vec<Option<String>> {
    let series = Reflect::get(options, &"series".into()).unwrap_or_default();
    let series = js_sys::Array::from(&series);
    let id = |one: JsValue| Reflect::get(&one, &"id".into()).ok()?.as_string();
    series.iter().map(id).collect()
}

fn picked(event: &JsValue) -> Option<String> {
    let data = Reflect::get(event, &"data".into()).ok()?;
    Reflect::get(&data, &"id".into()).ok()?.as_string()
}

fn titled(
    chart: &HtmlCanvasElement,
    (title, date): (&str, &str),
    palette: &Palette,
) -> Result<String, JsValue> {
    const MARGIN: f64 = 16.0 * IMAGE_SCALE;
    const HEAD: f64 = 48.0 * IMAGE_SCALE;
    const DATE: f64 = 22.0 * IMAGE_SCALE;
    let (width, height) = (f64::from(chart.width()), f64::from(chart.height()));
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or("there is no page")?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width((width + 2.0 * MARGIN) as u32);
    canvas.set_height((height + HEAD + 2.0 * MARGIN) as u32);
    let context = canvas.get_context("2d")?.ok_or("there is no canvas")?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.set_fill_style_str(&palette.surface);
    context.fill_rect(0.0, 0.0, width + 2.0 * MARGIN, height + HEAD + 2.0 * MARGIN);
    context.set_text_baseline("top");
    let write = |text: &str, color: &str, (weight, px): (&str, f64), y: f64| {
        let size = length(px * IMAGE_SCALE, "px");
        context.set_fill_style_str(color);
        context.set_font(&format!("{weight} {size} {}", palette.font));
        context.fill_text_with_max_width(text, MARGIN, y, width)
    };
    write(title, &palette.text, ("600", 15.0), MARGIN)?;
    write(date, &palette.muted, ("400", 12.0), MARGIN + DATE)?;
    context.draw_image_with_html_canvas_element(chart, MARGIN, MARGIN + HEAD)?;
    canvas.to_data_url_with_type("image/png")
}

fn save(name: &str, url: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or("there is no page")?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(url);
    link.set_download(name);
    link.click();
    Ok(())
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in entries {
        // Setting a property of a plain object can't fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

fn draw_error(error: JsValue) -> ChartError {
    let message = Reflect::get(&error, &"message".into())
        .ok()
        .and_then(|text| text.as_string());
    ChartError::Draw(message.or_else(|| error.as_string()).unwrap_or_default())
}
