//! A locator map: where places lie, on a schematic outline of the land. It locates and does not adjudicate, so it has no
//! borders.

/// Width and height of a locator map in its own pixels.
pub const SIZE: (f64, f64) = (352.0, 176.0);

/// A map of `width` by `height` pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Locator {
    /// The `d` of a path: land, to be filled by the even-odd rule, so that inland seas stay open.
    pub land: String,
    /// The `d` of a path: the trunk railways of Manchuria, as far as they are in view; empty elsewhere.
    pub rails: String,
    /// Where the places lie, in tenths of a pixel from the top left corner, in the order given.
    pub dots: Vec<(i32, i32)>,
}

/// Room for a letter of a name, between a dot and its name, above and below the middle of a line, and around a dot, all in tenths
/// of a pixel.
const LETTER: i32 = 66;
const GAP: i32 = 90;
const HALF_LINE: i32 = 70;
const DOT: i32 = 50;

impl Locator {
    /// The map as one text, as it comes from the module that draws it, for [`Drawing::parse`]. Names of so many `letters`
    /// stand right of their dots or left of them, where they meet no other name and no other dot; else they are left out.
    pub fn print(&self, letters: &[usize]) -> String {
        let mut text = [&*self.land, "|", &self.rails].concat();
        let mut named: Vec<(i32, i32, i32)> = Vec::new();
        for (place, (x, y)) in self.dots.iter().enumerate() {
            let width = letters.get(place).map_or(0, |letters| *letters as i32 * LETTER);
            let is_free = |(from, to): (i32, i32)| {
                let names = named.iter().all(|(other_from, other_to, other_y)| {
                    to < *other_from || from > *other_to || (y - other_y).abs() > 2 * HALF_LINE
                });
                let dots = self.dots.iter().all(|(other_x, other_y)| {
                    other_x + DOT < from || other_x - DOT > to || (y - other_y).abs() > HALF_LINE + DOT
                });
                names && dots && from >= 0 && f64::from(to) <= SIZE.0 * 10.0
            };
            let sides = [("", (x + GAP, x + GAP + width)), (" left", (x - GAP - width, x - GAP))];
            let side = sides.into_iter().find(|(_, stretch)| is_free(*stretch));
            if let Some((_, (from, to))) = side {
                named.push((from, to, *y));
            }
            text.push_str(if place == 0 { "|spot main" } else { "|spot" });
            text.push_str(side.map_or(" quiet", |(class, _)| class));
            text.push_str(";translate(");
            push_tenths(&mut text, *x);
            text.push(' ');
            push_tenths(&mut text, *y);
            text.push(')');
        }
        text
    }
}

/// A locator map as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// As [`Locator::land`].
    pub land: String,
    /// As [`Locator::rails`].
    pub rails: String,
    /// For each place its classes and, after a semicolon, where it is.
    pub dots: Vec<String>,
}

impl Drawing {
    /// Reads what [`Locator::print`] wrote; `None` for what has not even two parts.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('|').map(str::to_owned);
        Some(Self { land: parts.next()?, rails: parts.next()?, dots: parts.collect() })
    }
}

/// Coasts as longitude, latitude, longitude, latitude, … in tenths of a degree. No two rings overlap, except that inland
/// seas lie within the land.
#[rustfmt::skip]
const LAND: &[&[i16]] = &[
    // Eurasia.
    &[280, 710, 330, 694, 410, 668, 340, 666, 370, 645, 400, 647, 440, 662, 440, 684, 540, 685, 600, 690, 680, 685, 725, 728, 800, 725, 1000, 760, 1130, 740, 1300, 715, 1400, 727, 1600, 700, 1750, 695, 1800, 688, 1900, 662, 1820, 653, 1795, 625, 1720, 600, 1630, 595, 1620, 570, 1630, 560, 1610, 545, 1585, 530, 1567, 510, 1556, 540, 1557, 570, 1570, 585, 1620, 610, 1590, 616, 1550, 593, 1510, 593, 1480, 594, 1430, 592, 1400, 575, 1375, 550, 1353, 547, 1375, 538, 1410, 532, 1412, 520, 1406, 505, 1403, 488, 1386, 470, 1365, 450, 1350, 436, 1330, 428, 1319, 432, 1307, 423, 1298, 415, 1297, 408, 1276, 397, 1275, 392, 1284, 385, 1294, 370, 1294, 358, 1290, 351, 1276, 347, 1264, 345, 1265, 358, 1266, 370, 1252, 378, 1249, 385, 1252, 394, 1243, 399, 1229, 396, 1216, 389, 1211, 388, 1218, 396, 1222, 405, 1213, 409, 1200, 400, 1189, 392, 1178, 390, 1177, 385, 1189, 376, 1192, 372, 1202, 377, 1215, 375, 1226, 374, 1224, 369, 1209, 365, 1203, 360, 1193, 351, 1196, 345, 1204, 338, 1209, 328, 1219, 318, 1219, 309, 1208, 303, 1219, 299, 1219, 290, 1215, 283, 1206, 276, 1198, 265, 1196, 255, 1187, 246, 1176, 238, 1166, 231, 1150, 227, 1142, 223, 1134, 221, 1119, 217, 1105, 212, 1104, 204, 1098, 205, 1097, 215, 1083, 216, 1070, 209, 1058, 190, 1066, 178, 1083, 161, 1092, 135, 1091, 116, 1070, 104, 1050, 87, 1049, 100, 1030, 110, 1023, 122, 1009, 127, 1006, 135, 1000, 133, 992, 105, 1003, 85, 1015, 69, 1034, 45, 1036, 15, 1013, 28, 1003, 60, 984, 80, 986, 105, 986, 130, 977, 155, 972, 170, 954, 158, 943, 160, 944, 185, 924, 208, 918, 225, 903, 219, 882, 217, 869, 210, 863, 199, 840, 183, 823, 166, 803, 157, 802, 133, 798, 103, 782, 89, 775, 81, 763, 99, 748, 129, 735, 160, 728, 190, 727, 210, 709, 208, 690, 223, 703, 229, 673, 240, 665, 253, 616, 252, 573, 258, 565, 270, 545, 266, 515, 279, 500, 301, 485, 300, 480, 295, 502, 265, 515, 250, 540, 241, 563, 260, 568, 242, 598, 224, 578, 190, 550, 170, 520, 156, 450, 128, 433, 127, 426, 165, 390, 210, 350, 280, 349, 295, 342, 313, 358, 348, 360, 365, 330, 361, 306, 368, 275, 370, 265, 395, 290, 410, 315, 412, 350, 420, 385, 410, 415, 416, 414, 428, 382, 444, 370, 452, 390, 471, 360, 466, 350, 455, 335, 445, 326, 456, 334, 461, 310, 466, 297, 452, 286, 438, 280, 420, 285, 413, 260, 407, 230, 405, 240, 380, 230, 365, 213, 370, 200, 395, 194, 418, 165, 434, 140, 452, 124, 452, 124, 442, 136, 435, 143, 424, 160, 418, 184, 402, 170, 404, 166, 396, 171, 390, 157, 380, 160, 395, 144, 407, 123, 417, 104, 430, 89, 444, 73, 436, 50, 433, 31, 430, 32, 419, 5, 406, -2, 394, 2, 387, -7, 377, -20, 368, -54, 361, -63, 368, -89, 370, -94, 387, -88, 410, -88, 432, -58, 436, -18, 434, -12, 446, -12, 460, -25, 473, -46, 482, -30, 488, -16, 487, -18, 497, 2, 495, 16, 508, 35, 514, 47, 529, 70, 534, 87, 539, 81, 555, 82, 570, 105, 577, 104, 564, 98, 550, 110, 540, 140, 540, 185, 547, 210, 550, 211, 570, 243, 572, 235, 592, 280, 596, 300, 600, 250, 602, 225, 600, 213, 615, 215, 630, 253, 650, 222, 658, 213, 645, 175, 620, 172, 606, 188, 600, 165, 575, 158, 561, 130, 554, 113, 585, 106, 594, 80, 581, 56, 590, 50, 618, 100, 640, 130, 665, 160, 685, 200, 700],
    // Inland seas: the Caspian, the Aral Sea, Balkhash, Baikal.
    &[475, 456, 490, 465, 512, 470, 530, 465, 510, 446, 505, 445, 525, 425, 538, 420, 527, 412, 530, 400, 537, 385, 539, 369, 515, 366, 495, 374, 489, 385, 494, 402, 480, 422, 475, 435],
    &[583, 450, 602, 467, 615, 464, 610, 450, 598, 436, 586, 438],
    &[736, 458, 745, 468, 770, 466, 790, 467, 765, 463, 743, 452],
    &[1037, 516, 1060, 529, 1085, 540, 1096, 556, 1100, 555, 1093, 539, 1075, 527, 1055, 516],
    // Africa.
    &[342, 313, 349, 295, 343, 278, 326, 299, 340, 268, 356, 240, 372, 210, 374, 188, 395, 155, 432, 120, 445, 105, 512, 118, 508, 90, 479, 45, 435, 0, 403, -28, 388, -65, 406, -105, 406, -150, 369, -179, 348, -199, 355, -238, 328, -259, 325, -285, 300, -313, 270, -336, 225, -340, 200, -348, 183, -330, 170, -295, 151, -265, 144, -225, 118, -170, 137, -115, 122, -60, 90, -10, 95, 38, 85, 46, 60, 43, 43, 63, -20, 48, -76, 44, -132, 88, -167, 123, -174, 147, -163, 190, -170, 210, -145, 260, -115, 283, -98, 300, -93, 325, -65, 342, -59, 358, -20, 351, 15, 366, 98, 373, 110, 368, 102, 343, 115, 331, 153, 323, 185, 304, 200, 310, 201, 327, 230, 326, 252, 316, 290, 309, 320, 314],
    // North America.
    &[-1680, 656, -1620, 665, -1665, 683, -1565, 713, -1410, 696, -1280, 700, -1150, 685, -950, 675, -940, 715, -880, 680, -820, 690, -820, 665, -870, 645, -945, 600, -925, 570, -823, 552, -820, 530, -798, 513, -790, 540, -767, 570, -783, 623, -700, 610, -675, 584, -646, 603, -615, 565, -560, 517, -600, 502, -665, 502, -700, 470, -650, 491, -645, 463, -610, 457, -657, 435, -665, 450, -702, 436, -707, 422, -700, 417, -720, 412, -739, 405, -742, 396, -760, 369, -756, 352, -779, 339, -812, 317, -813, 298, -800, 268, -805, 252, -818, 262, -828, 280, -840, 300, -895, 302, -915, 295, -948, 293, -973, 275, -977, 225, -959, 189, -920, 186, -904, 208, -870, 214, -880, 183, -888, 159, -837, 110, -818, 90, -796, 96, -774, 86, -780, 75, -803, 75, -830, 84, -857, 100, -876, 130, -922, 145, -947, 162, -998, 168, -1055, 203, -1057, 225, -1094, 260, -1128, 311, -1147, 317, -1120, 275, -1095, 231, -1122, 255, -1150, 290, -1171, 325, -1206, 346, -1225, 376, -1243, 404, -1242, 462, -1230, 490, -1278, 512, -1340, 580, -1396, 596, -1470, 609, -1515, 593, -1540, 585, -1635, 548, -1580, 582, -1620, 590, -1655, 615, -1610, 645],
    // South America.
    &[-774, 86, -755, 106, -717, 123, -620, 107, -600, 84, -570, 60, -515, 44, -500, 0, -445, -28, -395, -29, -352, -53, -350, -85, -390, -130, -393, -178, -418, -226, -465, -240, -486, -265, -535, -340, -584, -340, -570, -365, -620, -390, -650, -410, -636, -426, -675, -460, -690, -510, -683, -525, -652, -547, -700, -555, -745, -510, -740, -470, -735, -410, -733, -370, -715, -320, -703, -230, -704, -183, -762, -138, -812, -60, -802, -30, -800, 7, -773, 39, -780, 75],
    // Australia.
    &[1138, -225, 1140, -262, 1157, -317, 1151, -342, 1185, -350, 1236, -339, 1290, -316, 1312, -315, 1355, -348, 1378, -326, 1383, -355, 1435, -388, 1464, -390, 1500, -374, 1513, -336, 1535, -282, 1529, -253, 1490, -210, 1460, -188, 1454, -150, 1426, -108, 1416, -140, 1408, -175, 1368, -158, 1355, -150, 1368, -122, 1326, -113, 1295, -149, 1260, -140, 1222, -180, 1175, -207],
    // Sakhalin.
    &[1420, 543, 1427, 542, 1432, 525, 1437, 500, 1446, 489, 1429, 485, 1428, 470, 1435, 463, 1420, 460, 1421, 480, 1421, 505, 1417, 525],
    // Hokkaido.
    &[1401, 415, 1410, 424, 1432, 420, 1453, 433, 1443, 440, 1419, 455, 1416, 435, 1403, 432],
    // Honshu.
    &[1409, 415, 1415, 405, 1420, 395, 1410, 382, 1408, 358, 1398, 350, 1385, 347, 1370, 346, 1358, 335, 1351, 344, 1330, 343, 1310, 340, 1310, 345, 1327, 355, 1352, 357, 1367, 373, 1373, 368, 1385, 374, 1398, 390, 1400, 405],
    // Kyushu.
    &[1309, 339, 1319, 332, 1314, 315, 1306, 311, 1302, 320, 1297, 331],
    // Shikoku.
    &[1325, 338, 1345, 342, 1342, 333, 1329, 328],
    // Taiwan.
    &[1216, 252, 1219, 248, 1209, 220, 1202, 229, 1203, 238, 1210, 250],
    // Hainan.
    &[1087, 192, 1100, 201, 1110, 197, 1095, 182],
    // Great Britain.
    &[-52, 500, 14, 512, 4, 530, -17, 555, -20, 576, -30, 586, -50, 585, -60, 565, -48, 548, -30, 540, -45, 532, -42, 522, -52, 518, -30, 514],
    // Ireland.
    &[-60, 523, -60, 536, -56, 546, -75, 553, -100, 542, -102, 520],
    // Iceland.
    &[-225, 640, -188, 634, -138, 650, -160, 664, -240, 655],
    // Greenland.
    &[-450, 600, -400, 645, -225, 700, -180, 760, -300, 834, -600, 820, -720, 783, -580, 755, -520, 685],
    // Newfoundland.
    &[-590, 478, -556, 515, -530, 470],
    // Long Island.
    &[-740, 406, -724, 411, -720, 410],
    // Cuba.
    &[-848, 219, -805, 230, -743, 202, -776, 199],
    // Sicily.
    &[126, 380, 155, 382, 151, 367],
    // Sardinia and Corsica.
    &[84, 408, 95, 429, 96, 392, 85, 390],
    // Novaya Zemlya.
    &[520, 710, 570, 735, 680, 768, 580, 740, 570, 710],
    // Madagascar.
    &[493, -120, 504, -155, 472, -250, 440, -240, 444, -165],
    // Sri Lanka.
    &[800, 97, 818, 74, 803, 60],
    // Sumatra.
    &[953, 56, 987, 36, 1040, -10, 1058, -58, 1023, -40, 988, 16],
    // Java.
    &[1053, -67, 1085, -66, 1145, -76, 1144, -87, 1080, -78],
    // Borneo.
    &[1090, 15, 1113, 25, 1168, 70, 1190, 52, 1175, 10, 1160, -39, 1102, -29],
    // Celebes.
    &[1195, -55, 1190, -25, 1200, 7, 1250, 15, 1210, -12, 1227, -46],
    // New Guinea.
    &[1310, -8, 1342, -9, 1350, -33, 1380, -17, 1455, -45, 1508, -103, 1470, -95, 1440, -78, 1427, -92, 1380, -83, 1380, -56, 1330, -41],
    // Luzon.
    &[1205, 185, 1222, 184, 1216, 142, 1240, 127, 1206, 138, 1199, 163],
    // Tasmania.
    &[1448, -408, 1482, -409, 1470, -436],
    // New Zealand.
    &[1727, -345, 1784, -377, 1753, -416, 1738, -393],
    &[1728, -406, 1742, -418, 1707, -459, 1665, -460],
];

/// Manzhouli to Suifenhe, and Harbin to Lüshun.
#[rustfmt::skip]
const RAILS: &[&[i16]] = &[
    &[1174, 496, 1197, 492, 1239, 472, 1266, 458, 1296, 446, 1311, 444],
    &[1266, 458, 1253, 439, 1234, 418, 1222, 403, 1216, 390],
];

/// The map shows at least so much of the globe from its middle to its side, in radians: about 3 800 km.
const LEAST_HALF_WIDTH: f64 = 0.6;

/// Places farther than this from their middle, as the cosine of the distance, are shown on a map of the whole world.
const WORLDWIDE: f64 = 0.5;

/// Where a map of the whole world begins in the west, and its northern and southern ends, in degrees.
const WORLD: (f64, f64, f64) = (-170.0, 85.0, -60.0);

/// Room between a place and the edge, as a share of the width (for its name) and of the height.
const MARGIN: (f64, f64) = (0.16, 0.16);

/// Land is cut off so many pixels outside of the map, so that its outline is not seen.
const BLEED: f64 = 6.0;

/// Farther than this from the middle of the map, as the cosine of the distance, land is left out: near the opposite point
/// of the globe the projection tears it apart.
const FAR: f64 = -0.85;

/// A direction from the middle of the globe, of length 1.
#[derive(Clone, Copy)]
struct Vector([f64; 3]);

impl Vector {
    fn of(lat: f64, lon: f64) -> Self {
        let ring = cosine(lat);
        Self([ring * cosine(lon), ring * sine(lon), sine(lat)])
    }

    fn dot(self, other: Self) -> f64 {
        self.0.iter().zip(other.0).map(|(a, b)| a * b).sum()
    }

    /// The direction itself at length 1; `None` without one.
    fn normal(self) -> Option<Self> {
        let length = self.dot(self).sqrt();
        (length > 1e-6).then(|| Self(self.0.map(|part| part / length)))
    }
}

/// The sine of an angle in degrees, to six places. The standard one would bring its tables along.
fn sine(degrees: f64) -> f64 {
    let turned = degrees - 360.0 * (degrees / 360.0).round();
    let folded = if turned > 90.0 {
        180.0 - turned
    } else if turned < -90.0 {
        -180.0 - turned
    } else {
        turned
    };
    let x = folded.to_radians();
    let square = x * x;
    x * (1.0
        - square / 6.0
            * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0 * (1.0 - square / 110.0)))))
}

fn cosine(degrees: f64) -> f64 {
    sine(degrees + 90.0)
}

/// Lambert's azimuthal equal-area projection around a point of the globe.
struct Projection {
    middle: Vector,
    east: Vector,
    north: Vector,
    /// Pixels for a radian at the middle.
    scale: f64,
    /// Added to both coordinates, in pixels.
    shift: (f64, f64),
}

impl Projection {
    fn around(middle: Vector) -> Self {
        let [x, y, z] = middle.0;
        // At a pole every direction is south; any will do.
        let east = Vector([-y, x, 0.0]).normal().unwrap_or(Vector([0.0, 1.0, 0.0]));
        let [east_x, east_y, _] = east.0;
        let north = Vector([-z * east_y, z * east_x, x * east_y - y * east_x]);
        Self { middle, east, north, scale: 1.0, shift: (0.0, 0.0) }
    }

    /// Pixels right of and below the shift.
    fn project(&self, point: Vector) -> (f64, f64) {
        let stretch = self.scale * (2.0 / (1.0 + self.middle.dot(point)).max(1e-3)).sqrt();
        (stretch * self.east.dot(point) + self.shift.0, self.shift.1 - stretch * self.north.dot(point))
    }
}

/// A map of places, given as latitude and longitude in degrees, with enough around them to tell where they are.
pub fn locator(places: &[(f64, f64)], width: f64, height: f64) -> Locator {
    let points: Vec<Vector> = places.iter().map(|(lat, lon)| Vector::of(*lat, *lon)).collect();
    let sum =
        points.iter().fold([0.0; 3], |[x, y, z], Vector(point)| [x + point[0], y + point[1], z + point[2]]);
    let first = points.first().copied().unwrap_or(Vector([1.0, 0.0, 0.0]));
    let middle = Vector(sum).normal().unwrap_or(first);
    if points.iter().any(|point| middle.dot(*point) < WORLDWIDE) {
        return drawn(places, width, height, &|lat, lon| Some(on_world(lat, lon, width, height)));
    }

    let mut projection = Projection::around(middle);
    let flat: Vec<(f64, f64)> = points.iter().map(|point| projection.project(*point)).collect();
    let (left, right) = ends(flat.iter().map(|point| point.0));
    let (top, bottom) = ends(flat.iter().map(|point| point.1));
    let room = |size: f64, margin: f64, extent: f64| size * (1.0 - 2.0 * margin) / extent.max(1e-9);
    let scale = (width / 2.0 / LEAST_HALF_WIDTH).min(room(width, MARGIN.0, right - left)).min(room(
        height,
        MARGIN.1,
        bottom - top,
    ));
    projection.scale = scale;
    projection.shift = ((width - scale * (left + right)) / 2.0, (height - scale * (top + bottom)) / 2.0);
    drawn(places, width, height, &|lat, lon| {
        let point = Vector::of(lat, lon);
        (middle.dot(point) > FAR).then(|| projection.project(point))
    })
}

/// Where a point lies on a map of the whole world, on which degrees are squares; never outside of the map.
fn on_world(lat: f64, lon: f64, width: f64, height: f64) -> (f64, f64) {
    let (west, north, south) = WORLD;
    let scale = (width / 360.0).min(height / (north - south));
    let east = if lon < west { lon + 360.0 } else { lon };
    let x = width / 2.0 + (east - west - 180.0) * scale;
    let y = height / 2.0 + (f64::midpoint(north, south) - lat) * scale;
    (x.max(0.0).min(width), y.max(0.0).min(height))
}

/// The map under a projection, which has nothing for points that are too far away.
fn drawn(
    places: &[(f64, f64)],
    width: f64,
    height: f64,
    project: &dyn Fn(f64, f64) -> Option<(f64, f64)>,
) -> Locator {
    let line = |tenths: &[i16]| -> Vec<Option<(f64, f64)>> {
        let points = tenths.as_chunks::<2>().0.iter();
        points.map(|[lon, lat]| project(f64::from(*lat) / 10.0, f64::from(*lon) / 10.0)).collect()
    };
    let in_view = |point: &(f64, f64)| (0.0..=width).contains(&point.0) && (0.0..=height).contains(&point.1);

    let mut land = String::new();
    for ring in LAND {
        let all = line(ring);
        let near: Vec<(f64, f64)> = all.iter().copied().flatten().collect();
        // A coast that runs around the opposite point of the globe would enclose the map from outside.
        if near.len() < all.len() && !near.iter().any(in_view) {
            continue;
        }
        let clipped = clip(near, width, height);
        if clipped.len() > 2 {
            draw(&mut land, &clipped);
            land.push('Z');
        }
    }
    let mut rails = String::new();
    for rail in RAILS {
        let rail: Vec<(f64, f64)> = line(rail).into_iter().flatten().collect();
        if rail.iter().any(in_view) {
            draw(&mut rails, &rail);
        }
    }
    let middle = (width / 2.0, height / 2.0);
    let dots = places.iter().map(|(lat, lon)| tenths(project(*lat, *lon).unwrap_or(middle))).collect();
    Locator { land, rails, dots }
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values
        .fold(None, |ends: Option<(f64, f64)>, value| {
            Some(ends.map_or((value, value), |(least, most)| (least.min(value), most.max(value))))
        })
        .unwrap_or((0.0, 0.0))
}

/// Cuts a ring to the map and a little more, one side after the other (Sutherland and Hodgman, 1974).
fn clip(ring: Vec<(f64, f64)>, width: f64, height: f64) -> Vec<(f64, f64)> {
    // How far inside of each side a point lies; negative outside.
    let sides: [&dyn Fn((f64, f64)) -> f64; 4] =
        [&|(x, _)| x + BLEED, &|(x, _)| width + BLEED - x, &|(_, y)| y + BLEED, &|(_, y)| height + BLEED - y];
    sides.into_iter().fold(ring, |ring, inside| {
        let mut out = Vec::with_capacity(ring.len());
        let Some(mut before) = ring.last().copied() else { return out };
        for point in ring {
            let (was, is) = (inside(before), inside(point));
            if (was < 0.0) != (is < 0.0) {
                let share = was / (was - is);
                out.push((before.0 + share * (point.0 - before.0), before.1 + share * (point.1 - before.1)));
            }
            if is >= 0.0 {
                out.push(point);
            }
            before = point;
        }
        out
    })
}

/// Appends a line through the points, to a tenth of a pixel; points that fall together are drawn once.
fn draw(path: &mut String, points: &[(f64, f64)]) {
    let mut last = None;
    for point in points {
        let (x, y) = tenths(*point);
        if last == Some((x, y)) {
            continue;
        }
        path.push(if last.is_none() { 'M' } else { 'L' });
        push_tenths(path, x);
        path.push(' ');
        push_tenths(path, y);
        last = Some((x, y));
    }
}

fn tenths((x, y): (f64, f64)) -> (i32, i32) {
    ((x * 10.0).round() as i32, (y * 10.0).round() as i32)
}

fn push_tenths(path: &mut String, tenths: i32) {
    if tenths < 0 {
        path.push('-');
    }
    path.push_str(&(tenths.unsigned_abs() / 10).to_string());
    if tenths % 10 != 0 {
        path.push('.');
        path.extend(char::from_digit(tenths.unsigned_abs() % 10, 10));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;
    use proptest::prelude::*;

    const WIDTH: f64 = SIZE.0;
    const HEIGHT: f64 = SIZE.1;

    /// Whether a point of the map is land, by the even-odd rule.
    fn is_land(map: &Locator, dot: (i32, i32)) -> bool {
        let (x, y) = pixels(dot);
        let mut inside = false;
        for ring in map.land.split('M').filter(|ring| !ring.is_empty()) {
            let points: Vec<(f64, f64)> = ring
                .trim_end_matches('Z')
                .split('L')
                .map(|point| {
                    let numbers: Vec<f64> =
                        point.split(' ').filter_map(|number| number.parse().ok()).collect();
                    (numbers[0], numbers[1])
                })
                .collect();
            for (index, a) in points.iter().enumerate() {
                let b = points[(index + 1) % points.len()];
                if (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                    inside = !inside;
                }
            }
        }
        inside
    }

    fn in_box(dot: (i32, i32)) -> bool {
        let (x, y) = pixels(dot);
        (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y)
    }

    fn pixels((x, y): (i32, i32)) -> (f64, f64) {
        (f64::from(x) / 10.0, f64::from(y) / 10.0)
    }

    #[test]
    fn all_places_of_the_treaty_fall_inside_the_box() -> Result<(), load::LoadError> {
        let (timeline, _) = load::from_json(include_bytes!("../data/treaty-1945.json"))?;
        assert!(timeline.places.len() > 20);
        for event in timeline.events.iter() {
            let places: Vec<(f64, f64)> = event
                .places
                .iter()
                .map(|place| (timeline.places[*place].lat, timeline.places[*place].lon))
                .collect();
            let map = locator(&places, WIDTH, HEIGHT);
            assert_eq!(map.dots.len(), places.len());
            assert!(map.dots.iter().all(|dot| in_box(*dot)), "{}: {:?}", event.id, map.dots);
            assert!(places.is_empty() || map.land.len() > 60, "{}: no land", event.id);
        }
        Ok(())
    }

    #[test]
    fn cities_lie_on_land_and_seas_do_not() {
        for (name, lat, lon, land) in [
            ("Moscow", 55.8, 37.6, true),
            ("Chongqing", 29.6, 106.6, true),
            ("Ulaanbaatar", 47.9, 106.9, true),
            ("Harbin", 45.8, 126.6, true),
            ("Nagano", 36.6, 138.2, true),
            ("Berlin", 52.5, 13.4, true),
            ("Paris", 48.9, 2.3, true),
            ("Madrid", 40.4, -3.7, true),
            ("Birmingham", 52.5, -1.9, true),
            ("Stockholm, inland", 60.2, 16.0, true),
            ("Cairo", 30.0, 31.2, true),
            ("Nairobi", -1.3, 36.8, true),
            ("Washington", 38.9, -77.3, true),
            ("Mexico City", 19.4, -99.1, true),
            ("Brasília", -15.8, -47.9, true),
            ("Delhi", 28.6, 77.2, true),
            ("Tehran", 35.7, 51.4, true),
            ("Canberra", -35.3, 149.1, true),
            ("the Caspian", 42.0, 50.8, false),
            ("the Black Sea", 43.3, 34.0, false),
            ("the Yellow Sea", 36.0, 123.5, false),
            ("the Baltic", 57.5, 19.8, false),
            ("the Mediterranean", 34.5, 19.0, false),
            ("the Atlantic", 40.0, -40.0, false),
            ("the Red Sea", 22.0, 37.8, false),
            ("Hudson Bay", 60.0, -86.0, false),
            ("the Tasman Sea", -38.0, 160.0, false),
            ("the South Pacific, opposite to Arabia", -25.0, -135.0, false),
            ("the coast of Chile, opposite to China", -30.0, -70.5, true),
        ] {
            let map = locator(&[(lat, lon)], WIDTH, HEIGHT);
            assert_eq!(is_land(&map, map.dots[0]), land, "{name}");
        }
    }

    #[test]
    fn places_far_apart_are_shown_on_the_world() {
        let map = locator(&[(-15.0, -60.0), (-25.0, 135.0), (45.0, 100.0), (0.0, -25.0)], WIDTH, HEIGHT);
        let land: Vec<bool> = map.dots.iter().map(|dot| is_land(&map, *dot)).collect();
        assert_eq!(land, [true, true, true, false]);
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let map = locator(&[(55.8, 37.6), (29.6, 106.6)], WIDTH, HEIGHT);
        let [moscow, chongqing] = map.dots[..] else { panic!("two places, two dots") };
        assert!(moscow.0 < chongqing.0 && moscow.1 < chongqing.1);
        // The railway of Manchuria is in view from Harbin but not from Paris.
        assert!(locator(&[(45.8, 126.6)], WIDTH, HEIGHT).rails.starts_with('M'));
        assert_eq!(locator(&[(48.9, 2.3)], WIDTH, HEIGHT).rails, "");
    }

    #[test]
    fn the_outline_is_small() {
        let bytes: usize = LAND.iter().chain(RAILS).map(|ring| ring.len() * 2).sum();
        assert!(bytes < 3 * 1024, "{bytes}");
    }

    #[test]
    fn names_keep_clear_of_edges_other_names_and_other_dots() {
        let close = vec![(1005, -3), (1020, 10), (1035, 0), (3400, 800)];
        let map = Locator { land: "M0 0Z".into(), rails: String::new(), dots: close };
        assert_eq!(
            map.print(&[6, 4, 6, 9]),
            "M0 0Z||spot main;translate(100.5 -0.3)|spot left;translate(102 1)|spot quiet;translate(103.5 0)\
             |spot left;translate(340 80)"
        );
        // A dot where a name would begin leaves that side no room.
        let beside = Locator { dots: vec![(1000, 500), (1150, 500)], ..map };
        assert_eq!(beside.print(&[6, 4]), "M0 0Z||spot main left;translate(100 50)|spot;translate(115 50)");
        assert_eq!(Drawing::parse("M0 0Z"), None);
    }

    proptest! {
        #[test]
        fn the_sine_is_good_to_six_places(degrees in -1000.0..1000.0_f64) {
            prop_assert!((sine(degrees) - degrees.to_radians().sin()).abs() < 1e-6);
        }

        #[test]
        fn any_places_fall_inside_the_box(places in proptest::collection::vec((-90.0..=90.0_f64, -180.0..=180.0_f64), 0..6)) {
            let map = locator(&places, WIDTH, HEIGHT);
            prop_assert!(map.dots.iter().all(|dot| in_box(*dot)), "{:?}", map.dots);
            prop_assert!(!map.land.contains("NaN") && !map.land.contains("inf"));
            let drawing = Drawing::parse(&map.print(&[6, 9, 12])).unwrap();
            prop_assert_eq!((&drawing.land, &drawing.rails), (&map.land, &map.rails));
            prop_assert!(drawing.dots.iter().all(|dot| dot.starts_with("spot") && dot.ends_with(')')));
            prop_assert_eq!(drawing.dots.len(), map.dots.len());
        }
    }
}
