"""Pictures and papers for the demo mailbox, made from nothing but the standard library."""
import math, struct, zlib


def png(width, height, pixel):
    rows = b''.join(b'\0' + bytes(c for x in range(width) for c in pixel(x / width, y / height)) for y in range(height))
    def chunk(kind, body): return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) \
        + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b'')


def mix(a, b, t): return tuple(round(p + (q - p) * t) for p, q in zip(a, b))


def landscape(sky, glow, hills, sun=(.7, .35), size=(640, 360)):
    """Hills one behind the other under a low sun."""
    aspect = size[0] / size[1]
    def pixel(x, y):
        for depth in reversed(range(len(hills))):
            ridge = .48 + .15 * depth + .07 * math.sin(x * (5 + depth * 2.3) + depth * 2.1) + .03 * math.sin(x * 17 + depth)
            if y > ridge: return mix(hills[depth], mix(hills[depth], glow, .35), max(0, 1 - (y - ridge) * 5) * .6)
        near = math.hypot((x - sun[0]) * aspect, y - sun[1])
        return (255, 246, 224) if near < .07 else mix(mix(sky, glow, min(1, y * 1.5)), (255, 236, 200), max(0, .6 - near) * .9)
    return png(*size, pixel)


def bars(values, ink=(37, 99, 235), paper=(255, 255, 255), size=(600, 300)):
    """A bar chart without words."""
    top = max(values) * 1.1
    def pixel(x, y):
        at = (x - .04) / .92 * len(values)
        if 0 <= at < len(values) and .18 < at % 1 < .82 and y < .92 and (.92 - y) / .86 < values[int(at)] / top: return mix(ink, paper, .25 * y)
        return (226, 232, 240) if round(y * size[1]) % 58 == 44 or .92 <= y < .93 else paper
    return png(*size, pixel)


def pdf(title, lines):
    """One page of plain type; `lines` are (left, right) pairs."""
    def text(x, y, size, words, font='F1'):
        return f'BT /{font} {size} Tf {x} {y} Td ({words.translate(str.maketrans({"(": chr(92) + "(", ")": chr(92) + ")"}))}) Tj ET\n'
    page = text(60, 760, 22, title, 'F2') + '0.8 G 60 745 m 535 745 l S\n'
    for n, (left, right) in enumerate(lines):
        page += text(60, 715 - 22 * n, 11, left) + text(440, 715 - 22 * n, 11, right)
    stream = page.encode('cp1252')
    objects = [b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
               b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>',
               b'<</Length %d>>stream\n%s\nendstream' % (len(stream), stream),
               b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
               b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>']
    out, offsets = b'%PDF-1.4\n', []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (n, body)
    table = b''.join(b'%010d 00000 n \n' % o for o in offsets)
    return out + b'xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (
        len(objects) + 1, table, len(objects) + 1, len(out))
