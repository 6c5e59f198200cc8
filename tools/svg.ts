/** A picture, put together as text. Coordinates are pixels, rounded to a hundredth. */
export const escaped = (text: string): string =>
	text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export const px = (value: number): string => String(Math.round(value * 100) / 100);

export class Drawing {
	private readonly out: string[] = [];

	text(x: number, y: number, content: string, extra = ""): void {
		this.out.push('<text x="' + px(x) + '" y="' + px(y) + '"' + extra + ">" + escaped(content) + "</text>");
	}

	/** `about`: shown when the pointer rests on it. */
	box(x: number, y: number, width: number, height: number, fill: string, about = "", extra = ""): void {
		const shape = 'x="' + px(x) + '" y="' + px(y) + '" width="' + px(width) + '" height="' + px(height) + '"';
		const inner = about === "" ? "/>" : "><title>" + escaped(about) + "</title></rect>";
		this.out.push("<rect " + shape + ' fill="' + fill + '"' + extra + inner);
	}

	/** Anything else: text of the file, as it stands. */
	raw(text: string): void {
		this.out.push(text);
	}

	/** The file. */
	toSvg(width: number, height: number): string {
		return (
			'<svg xmlns="http://www.w3.org/2000/svg" width="' +
			width +
			'" height="' +
			height +
			'" viewBox="0 0 ' +
			width +
			" " +
			height +
			'" font-family="system-ui, sans-serif" font-size="12">\n' +
			'<rect width="100%" height="100%" fill="#fff"/>\n' +
			this.out.join("\n") +
			"\n</svg>\n"
		);
	}
}
