// Makes a field ready for typing: focused, with all its text selected. Answers
// whether it still has to be typed; some kinds of fields are set instead, as
// what is typed into them depends on the language.
const [field, text] = arguments;
if (field.disabled || field.readOnly) {
  throw new Error("the field is disabled or read-only");
}
field.scrollIntoView({ block: "center", inline: "nearest" });
field.focus();
if (document.activeElement !== field) {
  throw new Error("the field does not take the focus");
}
const isSet = /^(date|time|month|week|datetime-local|color|range)$/.test(field.type);
if (isSet) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return false;
}
if (field.select) {
  field.select();
} else {
  getSelection().selectAllChildren(field);
}
// The driver can't type characters beyond the basic plane, such as emoji; and
// what is longer than anyone types comes at once, as if it was pasted.
if (/[\u{10000}-\u{10FFFF}]/u.test(text) || text.length > 1000) {
  document.execCommand("insertText", false, text);
  return false;
}
if (text === "") {
  document.execCommand("delete");
  return false;
}
return true;
