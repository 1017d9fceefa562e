//! Where something is drawn.

use hayro_syntax::object::Number;

/// `[a b 0; c d 0; e f 1]`, as PDF has it.
#[derive(Clone, Copy)]
pub struct Place(pub [f64; 6]);

impl Default for Place {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Place {
    pub fn of(numbers: [&Number; 6]) -> Self {
        Self(numbers.map(Number::as_f64))
    }

    pub fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This, in a place of its own.
    pub fn within(self, outer: Self) -> Self {
        let (Self([a, b, c, d, e, f]), Self([oa, ob, oc, od, oe, of])) = (self, outer);
        Self([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    pub fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }

    /// How large one unit of height is.
    pub fn scale(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }
}
