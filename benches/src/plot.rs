//! Small SVG plots: lines over a logarithmic or a linear x axis.

use std::fmt::Write as _;

/// One line of a plot.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it shows.
    pub name: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// A plot with its axes.
#[derive(Clone, Debug)]
pub struct Plot<'a> {
    /// What it shows.
    pub title: &'a str,
    /// The x axis: its label, its marks, and whether it is logarithmic.
    pub x: (&'a str, &'a [(f64, &'a str)], bool),
    /// The y axis: its label, its marks, and whether it is logarithmic.
    pub y: (&'a str, &'a [(f64, &'a str)], bool),
    /// The lines.
    pub lines: Vec<Line>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 170.0;
const TOP: f64 = 32.0;
const BOTTOM: f64 = 44.0;
const COLOURS: [&str; 7] =
    ["#888", "#0057b8", "#59a5ff", "#2e8b57", "#c77700", "#b3261e", "#7b3fa0"];

impl Plot<'_> {
    /// The plot as an SVG text.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"sans-serif\" font-size=\"11\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <text x=\"{LEFT}\" y=\"18\" font-size=\"13\">{}</text>\n",
            self.title
        );
        self.axes(&mut svg);
        for (line, colour) in self.lines.iter().zip(COLOURS) {
            self.line(line, colour, &mut svg);
        }
        self.names(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    fn axes(&self, svg: &mut String) {
        let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        for (value, label) in self.x.1 {
            let x = self.at_x(*value);
            let y = bottom + 16.0;
            _ = writeln!(svg, "<text x=\"{x:.0}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>");
        }
        for (value, label) in self.y.1 {
            let y = self.at_y(*value);
            _ = writeln!(svg, "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#ddd\"/>");
            let (x, y) = (LEFT - 6.0, y + 4.0);
            _ = writeln!(svg, "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{label}</text>");
        }
        let (x, y) = ((LEFT + right) / 2.0, HEIGHT - 8.0);
        _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", self.x.0);
        let y = (TOP + bottom) / 2.0;
        _ = writeln!(
            svg,
            "<text transform=\"translate(14 {y}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            self.y.0
        );
    }

    fn line(&self, line: &Line, colour: &str, svg: &mut String) {
        let point = |(x, y): &(f64, f64)| format!("{:.1},{:.1}", self.at_x(*x), self.at_y(*y));
        let points: Vec<String> = line.points.iter().map(point).collect();
        let points = points.join(" ");
        _ = writeln!(
            svg,
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"
        );
    }

    /// The names at the right ends of the lines, moved apart where lines end close together.
    fn names(&self, svg: &mut String) {
        let end = |line: &Line| line.points.last().map_or(0.0, |(_, y)| self.at_y(*y));
        let mut names: Vec<(f64, &str, &str)> = self
            .lines
            .iter()
            .zip(COLOURS)
            .map(|(line, colour)| (end(line), line.name.as_str(), colour))
            .collect();
        names.sort_by(|a, b| a.0.total_cmp(&b.0));
        let x = WIDTH - RIGHT + 6.0;
        let mut above = 0.0;
        for (y, name, colour) in names {
            let y = f64::max(y + 4.0, above + 13.0);
            above = y;
            _ = writeln!(svg, "<text x=\"{x}\" y=\"{y:.1}\" fill=\"{colour}\">{name}</text>");
        }
    }

    fn at_x(&self, value: f64) -> f64 {
        LEFT + share(value, self.x.1, self.x.2) * (WIDTH - LEFT - RIGHT)
    }

    fn at_y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - share(value, self.y.1, self.y.2) * (HEIGHT - TOP - BOTTOM)
    }
}

/// Where a value lies between the first and the last mark, from 0 to 1.
fn share(value: f64, marks: &[(f64, &str)], log: bool) -> f64 {
    let scale = |value: f64| if log { value.ln() } else { value };
    let first = marks.first().map_or(0.0, |mark| scale(mark.0));
    let last = marks.last().map_or(1.0, |mark| scale(mark.0));
    (scale(value) - first) / (last - first)
}
