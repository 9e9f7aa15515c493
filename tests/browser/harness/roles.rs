//! Which elements may have a role. The browser is asked for the role itself;
//! this only spares it the elements that can't have it.

/// A selector of the elements that may have this role.
pub(crate) fn selector(role: &str) -> String {
    let native = match role {
        "alertdialog" | "dialog" => "dialog",
        "article" => "article",
        "banner" => "header",
        "button" => {
            "button,summary,input[type=button],input[type=submit],input[type=reset],input[type=image],input[type=file]"
        }
        "cell" | "gridcell" => "td",
        "checkbox" | "switch" => "input[type=checkbox]",
        "columnheader" | "rowheader" => "th",
        "combobox" => "select,input[list]",
        "complementary" => "aside",
        "contentinfo" => "footer",
        "definition" => "dd",
        "figure" => "figure",
        "form" => "form",
        "group" => "fieldset,details,optgroup,hgroup",
        "heading" => "h1,h2,h3,h4,h5,h6",
        "img" | "image" => "img,svg",
        "link" => "a[href],area[href]",
        "list" => "ul,ol,menu",
        "listbox" => "select,datalist",
        "listitem" => "li",
        "main" => "main",
        "meter" => "meter",
        "navigation" => "nav",
        "option" => "option",
        "paragraph" => "p",
        "progressbar" => "progress",
        "radio" => "input[type=radio]",
        "region" => "section",
        "row" => "tr",
        "rowgroup" => "tbody,thead,tfoot",
        "searchbox" => "input[type=search]",
        "slider" => "input[type=range]",
        "spinbutton" => "input[type=number]",
        "status" => "output",
        "table" | "grid" => "table",
        "term" => "dt",
        "textbox" => {
            "input:not([type]),input[type=text],input[type=email],input[type=tel],input[type=url],\
             input[type=date],textarea,[contenteditable]"
        }
        _ => "",
    };
    let explicit = format!("[role~={role}]");
    if native.is_empty() {
        explicit
    } else {
        format!("{native},{explicit}")
    }
}

/// Whether the browser's word for a role is the wanted one.
pub(crate) fn is_role(wanted: &str, computed: &str) -> bool {
    // ARIA 1.3 renamed it; browsers give either name. Chromium has words of its
    // own for a few native elements, which screen readers announce as these.
    let plain = |role: &str| match role {
        "image" => "img".to_owned(),
        "DisclosureTriangle" | "DisclosureTriangleGrouped" => "button".to_owned(),
        "Date" => "textbox".to_owned(),
        "Details" => "group".to_owned(),
        other => other.to_owned(),
    };
    // WebKit calls what a select opens by a button, and what has a list of
    // words a textbox; only such elements are looked at for a combobox.
    let opens_a_list = wanted == "combobox" && matches!(computed, "button" | "textbox");
    // Firefox has no word for a field of a date and for what opens details, the
    // only ones of their kinds that it has none for.
    let has_no_word = computed.is_empty() && matches!(wanted, "textbox" | "button");
    // And to WebKit a field of a number is a textbox, too.
    let is_number = wanted == "spinbutton" && computed == "textbox";
    opens_a_list || has_no_word || is_number || plain(wanted) == plain(computed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_without_a_native_element_is_found_by_its_attribute() {
        assert_eq!(selector("tab"), "[role~=tab]");
        assert!(selector("button").starts_with("button,"));
    }

    #[test]
    fn both_names_of_an_image_mean_the_same() {
        assert!(is_role("img", "image"));
        assert!(!is_role("img", "button"));
    }
}
