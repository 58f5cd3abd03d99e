// The rules by which html-validate judges the built page and what the app draws into it.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:standard"],
  rules: {
    // Yew writes a boolean attribute with its name as its value, which is as valid.
    "attribute-boolean-style": "off",
    // While an event is open its name stands before the name of the story; a tab shows the beginning.
    "long-title": ["error", { maxlength: 140 }],
    // The list of results belongs to the search field, which a select has none of.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
    // Trunk ends the links that it writes with a slash, which browsers pass over.
    "void-style": "off",
  },
};
