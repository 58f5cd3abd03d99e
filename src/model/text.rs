//! Texts in one or more languages.

use std::rc::Rc;

/// A language tag of BCP 47, such as `en` or `zh-Hant`.
pub type Lang = Rc<str>;

/// A text in one or more languages, in the order of the timeline's languages and then of the alphabet; empty when there
/// is nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<(Lang, Rc<str>)>);

/// A text as chosen for a reader, with the language it is really in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Localised<'a> {
    /// For the `lang` attribute.
    pub lang: &'a str,
    /// The words.
    pub text: &'a str,
}

impl Text {
    /// A text in one language.
    pub fn of(lang: &str, text: &str) -> Self {
        Self(vec![(lang.into(), text.into())])
    }

    /// Whether there is nothing to say in any language.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }

    /// The text in exactly this language.
    pub fn get(&self, lang: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| &**own == lang).map(|(_, text)| &**text)
    }

    /// The text for a reader of `lang`: that language, else one with the same first subtag, else English, else the first.
    pub fn best(&self, lang: &str) -> Localised<'_> {
        let found = self.entry_for(lang);
        found.map_or(Localised { lang: "", text: "" }, |(own, text)| Localised { lang: own, text })
    }

    /// Leaves of the text what [`Text::best`] gives a reader of `lang`.
    pub fn keep_best(&mut self, lang: &str) {
        self.0 = self.entry_for(lang).cloned().into_iter().collect();
    }

    fn entry_for(&self, lang: &str) -> Option<&(Lang, Rc<str>)> {
        fn primary(tag: &str) -> &str {
            tag.split('-').next().unwrap_or(tag)
        }
        self.0
            .iter()
            .find(|(own, _)| &**own == lang)
            .or_else(|| self.0.iter().find(|(own, _)| primary(own) == primary(lang)))
            .or_else(|| self.0.iter().find(|(own, _)| primary(own) == "en"))
            .or_else(|| self.0.first())
    }

    /// All languages and their texts.
    pub fn iter(&self) -> impl Iterator<Item = Localised<'_>> {
        self.0.iter().map(|(lang, text)| Localised { lang, text })
    }
}
