//! The state as a mark on the program's icon, told apart by its shape as well as by its colour.

/// What a mark on an icon can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing is connected.
    Idle,
    /// Everything works.
    Well,
    /// Something is under way or could be better.
    Waiting,
    /// Nothing goes on until a person does something.
    Stopped,
}

/// The colours, as red, green and blue; they are seen on a light and on a dark panel.
const GREEN: [u8; 3] = [0x2f, 0x9e, 0x44];
const AMBER: [u8; 3] = [0xf0, 0x8c, 0x00];
const RED: [u8; 3] = [0xe0, 0x31, 0x31];

impl Mark {
    /// A copy of an image with the mark in its lower right corner. `image` is rows of `width` pixels of red, green, blue
    /// and opacity.
    pub fn drawn_on(self, image: &[u8], width: u32) -> Vec<u8> {
        let mut image = image.to_vec();
        let width = usize::try_from(width).unwrap_or(usize::MAX).max(1);
        let side = width / 2;
        let height = image.len() / 4 / width;
        for (number, pixel) in image.chunks_exact_mut(4).enumerate() {
            let (row, column) = (number / width, number % width);
            let inside = (row + side)
                .checked_sub(height)
                .zip((column + side).checked_sub(width));
            let Some((row, column)) = inside else {
                continue;
            };
            let colour = match self {
                Self::Idle => None,
                Self::Well => disc(row, column, side).then_some(GREEN),
                Self::Waiting => triangle(row, column, side).then_some(AMBER),
                Self::Stopped => Some(RED),
            };
            if let Some([red, green, blue]) = colour {
                pixel.copy_from_slice(&[red, green, blue, u8::MAX]);
            }
        }
        image
    }
}

/// Whether a pixel of a square lies in the disc that fills it.
fn disc(row: usize, column: usize, side: usize) -> bool {
    // Twice the distance from the middle, so that it is whole.
    let from_middle = |place: usize| (2 * place + 1).abs_diff(side);
    from_middle(row).pow(2) + from_middle(column).pow(2) <= side.pow(2)
}

/// Whether a pixel of a square lies in the triangle that stands on its lower side.
fn triangle(row: usize, column: usize, side: usize) -> bool {
    (2 * column + 1).abs_diff(side) <= row
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: u32 = 8;
    const EACH: [Mark; 4] = [Mark::Idle, Mark::Well, Mark::Waiting, Mark::Stopped];

    /// The image as text, a letter for each pixel that the mark covers.
    fn drawn(mark: Mark) -> Vec<String> {
        let plain = [0; 4 * 8 * 8];
        let image = mark.drawn_on(&plain, WIDTH);
        let covered = |pixel: &[u8]| if pixel[3] == 0 { '.' } else { '#' };
        let rows = image.chunks(4 * 8);
        rows.map(|row| row.chunks(4).map(covered).collect())
            .collect()
    }

    #[test]
    fn each_mark_has_a_shape_of_its_own_in_the_lower_right_corner() {
        let corners = EACH.map(|mark| {
            let rows = drawn(mark);
            assert!(rows[..4].iter().all(|row| row == "........"), "{rows:#?}");
            assert!(
                rows[4..].iter().all(|row| row.starts_with("....")),
                "{rows:#?}"
            );
            rows[4..]
                .iter()
                .map(|row| row[4..].to_owned())
                .collect::<Vec<_>>()
                .join("/")
        });
        assert_eq!(
            corners,
            [
                "..../..../..../....",
                ".##./####/####/.##.",
                "..../.##./.##./####",
                "####/####/####/####"
            ]
        );
    }

    #[test]
    fn an_image_of_no_pixels_or_of_odd_size_is_no_trouble() {
        for mark in EACH {
            assert!(mark.drawn_on(&[], 0).is_empty());
            assert_eq!(mark.drawn_on(&[7; 4], 1), [7; 4]);
            assert_eq!(mark.drawn_on(&[7; 4 * 15], 5).len(), 4 * 15);
        }
    }
}
