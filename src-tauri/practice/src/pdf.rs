//! Letters as PDF: plain lines in Helvetica on A4, which every reader has.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

const FONT: Name<'_> = Name(b"F1");
/// A4, in points.
const PAGE: Rect = Rect {
    x1: 0.0,
    y1: 0.0,
    x2: 595.0,
    y2: 842.0,
};
const LEFT: f32 = 64.0;
const TOP: f32 = 770.0;
const LINE_HEIGHT: f32 = 16.0;
const LINES_PER_PAGE: usize = 44;
/// Characters that fit on a line at this size, for the usual mix of letters.
const LINE_LENGTH: usize = 84;

/// A document of `lines` under `title`, on as many pages as it takes. Long lines are broken.
///
/// Helvetica has the letters of Western Europe only; others are shown as question marks. The title in
/// the file's properties is complete.
pub(crate) fn document(title: &str, lines: &[String]) -> Vec<u8> {
    let heading = [title.to_owned(), String::new()];
    let lines = heading.iter().chain(lines).flat_map(|line| broken(line));
    let lines: Vec<String> = lines.collect();
    let mut ids = (1..).map(Ref::new);
    let mut next_id = || {
        ids.next()
            .expect("a letter has fewer objects than i32 has numbers")
    };
    let (catalog, tree, font, info) = (next_id(), next_id(), next_id(), next_id());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.document_info(info).title(TextStr(title));
    pdf.type1_font(font)
        .base_font(Name(b"Helvetica"))
        .encoding_predefined(Name(b"WinAnsiEncoding"));
    let mut pages = Vec::new();
    for lines in lines.chunks(LINES_PER_PAGE) {
        let (page_id, content_id) = (next_id(), next_id());
        let mut page = pdf.page(page_id);
        page.media_box(PAGE).parent(tree).contents(content_id);
        page.resources().fonts().pair(FONT, font);
        page.finish();
        pdf.stream(content_id, &content(lines));
        pages.push(page_id);
    }
    let count = i32::try_from(pages.len()).expect("a letter has fewer pages than i32 has numbers");
    pdf.pages(tree).kids(pages).count(count);
    pdf.finish()
}

fn content(lines: &[String]) -> Vec<u8> {
    let mut content = Content::new();
    content.begin_text();
    content.set_font(FONT, 11.0);
    content.next_line(LEFT, TOP);
    for line in lines {
        content.show(Str(&encoded(line)));
        content.next_line(0.0, -LINE_HEIGHT);
    }
    content.end_text();
    content.finish().into_vec()
}

/// A line cut at blanks, or within a word that is longer than a line.
fn broken(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let pieces: Vec<char> = word.chars().collect();
        let pieces = pieces
            .chunks(LINE_LENGTH)
            .map(|piece| piece.iter().collect::<String>());
        for piece in pieces {
            let last = lines.last_mut().expect("there is always one");
            let joined = last.chars().count() + 1 + piece.chars().count();
            if last.is_empty() {
                *last = piece;
            } else if joined <= LINE_LENGTH {
                last.push(' ');
                last.push_str(&piece);
            } else {
                lines.push(piece);
            }
        }
    }
    lines
}

/// The bytes of WinAnsiEncoding (ISO 32000-1, annex D.2).
fn encoded(line: &str) -> Vec<u8> {
    let encode = |one: char| match one {
        ' '..='~' => one as u8,
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(one)).unwrap_or(b'?'),
        '€' => 0x80,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        '\t' | '\n' | '\r' => b' ',
        _ => b'?',
    };
    line.chars().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_letter_has_several_pages_and_a_hostile_line_breaks_nothing() {
        let mut lines: Vec<String> = (0..100).map(|number| format!("Line {number}")).collect();
        lines.push(") Tj ET endstream endobj".to_owned());
        lines.push("x".repeat(500));
        let pdf = document("Offer – ليلى 🌻", &lines);
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.starts_with("%PDF-1.") && text.trim_end().ends_with("%%EOF"));
        assert!(text.contains("/Count 3"));
        assert!(
            text.contains("\\) Tj ET endstream endobj"),
            "the bracket is escaped"
        );
        assert!(
            text.contains(&"x".repeat(LINE_LENGTH)) && !text.contains(&"x".repeat(LINE_LENGTH + 1))
        );
    }

    #[test]
    fn letters_outside_of_the_font_become_question_marks() {
        assert_eq!(
            encoded("Ø €5 – ل"),
            [0xd8, b' ', 0x80, b'5', b' ', 0x96, b' ', b'?']
        );
    }
}
