//! Just enough reading of HTML to send a form as a browser would.

/// The fields a browser would send with the form that goes to `action`: hidden ones, boxes as they stand, what is
/// ticked and chosen.
pub fn form(html: &str, action: &str) -> Vec<(String, String)> {
    let start = html
        .match_indices("<form")
        .map(|(at, _)| &html[at..])
        .find(|form| attribute(&form[..form.find('>').unwrap_or(0)], "action").as_deref() == Some(action))
        .unwrap_or_else(|| panic!("no form goes to {action}"));
    let inside = &start[..start.find("</form>").expect("the form ends")];
    let mut fields = Vec::new();
    let mut rest = inside;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        let Some(name) = attribute(tag, "name") else { continue };
        if tag.starts_with("input") {
            let kind = attribute(tag, "type").unwrap_or_default();
            let ticked = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
            if ticked && kind != "file" {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("select") {
            let body = &rest[..rest.find("</select>").expect("the list ends")];
            let chosen = body
                .split("<option")
                .find(|option| option.split('>').next().is_some_and(|tag| tag.contains(" selected")));
            fields.push((name, chosen.and_then(|option| attribute(option, "value")).unwrap_or_default()));
        } else if tag.starts_with("textarea") {
            let body = &rest[tag.len() + 1..rest.find("</textarea>").expect("the box ends")];
            fields.push((name, plain(body.trim())));
        }
    }
    fields
}

/// Names of the fields shown on the page.
pub fn shown_fields(html: &str) -> Vec<String> {
    html.split("data-field=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Keys of the papers that can be uploaded on the page.
pub fn uploads(html: &str) -> Vec<String> {
    let forms = html.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut keys: Vec<String> =
        forms.filter_map(|action| action.split_once("?paper=")).map(|(_, key)| plain(key)).collect();
    keys.dedup();
    keys
}

/// Puts a value in place of what stands in a field.
pub fn set(form: &mut Vec<(String, String)>, name: &str, value: &str) {
    form.retain(|(key, _)| key != name);
    form.push((name.to_owned(), value.to_owned()));
}

/// The value of a field; empty when it is not there.
pub fn get<'a>(form: &'a [(String, String)], name: &str) -> &'a str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(rest.split_once('"')?.0))
}

fn plain(text: &str) -> String {
    text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}
