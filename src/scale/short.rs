//! Numbers as style sheets and attributes take them.

use std::fmt;

/// A number as style sheets and attributes take it, rounded to a hundredth. The standard library prints floats exactly,
/// which is many kilobytes of program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Short(pub f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        if hundredths < 0 {
            f.write_str("-")?;
        }
        let hundredths = hundredths.abs();
        let (whole, tenth, hundredth) = (hundredths / 100, hundredths / 10 % 10, hundredths % 10);
        match (tenth, hundredth) {
            (0, 0) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{tenth}"),
            _ => write!(f, "{whole}.{tenth}{hundredth}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let written =
            [0.0, -0.001, 12.0, 12.5, -12.345_6, 0.05, 0.999].map(|number| Short(number).to_string());
        assert_eq!(written, ["0", "0", "12", "12.5", "-12.35", "0.05", "1"]);
    }
}
