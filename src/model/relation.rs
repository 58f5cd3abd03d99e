//! What one event does to another: a closed vocabulary, so that every link has words and a place to stand.

/// What the source of a link did to, or with, its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A main cause of the other, as historians state it.
    Caused,
    /// One of several causes.
    ContributedTo,
    /// Made possible.
    Enabled,
    /// A looser historical consequence.
    LedTo,
    /// The act contained or was accompanied by the other.
    Included,
    /// Opened the span.
    Started,
    /// Closed the span.
    Ended,
    /// Carried out what the other promised or required.
    Fulfilled,
    /// Changed a term of the other.
    Amended,
    /// Declared the other void (for the parties named in the note).
    Annulled,
    /// Ended the other (for the party named in the note).
    Terminated,
    /// Took the place of.
    Replaced,
    /// Undid, in the view of the party named.
    Reversed,
    /// Restated or reaffirmed.
    Confirmed,
    /// Put off.
    Delayed,
    /// Took practical force from.
    Weakened,
    /// Made public.
    Disclosed,
    /// Was used as an argument in.
    CitedIn,
    /// Was called a breach of the other (by the party named).
    AllegedBreachOf,
    /// Found that the other had not been carried out.
    FoundNotCarriedOut,
    /// Sought and failed to stop.
    FailedToPrevent,
    /// Background of the other.
    ContextFor,
}

/// The heading under which a link stands in the detail of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationGroup {
    /// What led to the event.
    BecauseOf,
    /// What followed from the event.
    LedTo,
    /// Later acts that called it broken, ended it or took its force.
    TurnedAgainst,
}

impl Relation {
    /// Every relation, in the order of the format's documentation.
    pub const ALL: [Self; 22] = [
        Self::Caused,
        Self::ContributedTo,
        Self::Enabled,
        Self::LedTo,
        Self::Included,
        Self::Started,
        Self::Ended,
        Self::Fulfilled,
        Self::Amended,
        Self::Annulled,
        Self::Terminated,
        Self::Replaced,
        Self::Reversed,
        Self::Confirmed,
        Self::Delayed,
        Self::Weakened,
        Self::Disclosed,
        Self::CitedIn,
        Self::AllegedBreachOf,
        Self::FoundNotCarriedOut,
        Self::FailedToPrevent,
        Self::ContextFor,
    ];

    /// Its name in data files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Caused => "caused",
            Self::ContributedTo => "contributed-to",
            Self::Enabled => "enabled",
            Self::LedTo => "led-to",
            Self::Included => "included",
            Self::Started => "started",
            Self::Ended => "ended",
            Self::Fulfilled => "fulfilled",
            Self::Amended => "amended",
            Self::Annulled => "annulled",
            Self::Terminated => "terminated",
            Self::Replaced => "replaced",
            Self::Reversed => "reversed",
            Self::Confirmed => "confirmed",
            Self::Delayed => "delayed",
            Self::Weakened => "weakened",
            Self::Disclosed => "disclosed",
            Self::CitedIn => "cited-in",
            Self::AllegedBreachOf => "alleged-breach-of",
            Self::FoundNotCarriedOut => "found-not-carried-out",
            Self::FailedToPrevent => "failed-to-prevent",
            Self::ContextFor => "context-for",
        }
    }

    /// Where the link stands in the detail of the event that acts.
    pub fn group_in_source(self) -> RelationGroup {
        match self {
            Self::Caused
            | Self::ContributedTo
            | Self::Enabled
            | Self::LedTo
            | Self::Included
            | Self::Started
            | Self::Delayed
            | Self::CitedIn
            | Self::FailedToPrevent
            | Self::ContextFor => RelationGroup::LedTo,
            Self::Ended
            | Self::Fulfilled
            | Self::Amended
            | Self::Annulled
            | Self::Terminated
            | Self::Replaced
            | Self::Reversed
            | Self::Confirmed
            | Self::Weakened
            | Self::Disclosed
            | Self::AllegedBreachOf
            | Self::FoundNotCarriedOut => RelationGroup::BecauseOf,
        }
    }

    /// Where the link stands in the detail of the event that is acted upon.
    pub fn group_in_target(self) -> RelationGroup {
        match self {
            Self::Caused
            | Self::ContributedTo
            | Self::Enabled
            | Self::LedTo
            | Self::Included
            | Self::Started
            | Self::Delayed
            | Self::CitedIn
            | Self::FailedToPrevent
            | Self::ContextFor => RelationGroup::BecauseOf,
            Self::Ended
            | Self::Fulfilled
            | Self::Amended
            | Self::Replaced
            | Self::Confirmed
            | Self::Disclosed => RelationGroup::LedTo,
            Self::Annulled
            | Self::Terminated
            | Self::Reversed
            | Self::Weakened
            | Self::AllegedBreachOf
            | Self::FoundNotCarriedOut => RelationGroup::TurnedAgainst,
        }
    }
}
