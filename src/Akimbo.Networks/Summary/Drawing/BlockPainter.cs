using System.Globalization;

namespace Akimbo.Networks.Summary.Drawing;

/// <summary>Paints a layout: rows, frames around opened modules, arrows, blocks.</summary>
internal sealed class BlockPainter(SvgWriter svg, BlockLayout layout)
{
    private const int LongestName = 16;
    private const string Style = """
        text { font-family: 'DejaVu Sans', Verdana, 'Segoe UI', sans-serif; fill: #1f2937 }
        .paper { fill: #ffffff } .band { fill: #f5f7fa } .line { stroke: #e3e8ef; stroke-width: 1; fill: none }
        .title { font-size: 17px; font-weight: bold } .totals { font-size: 11px; fill: #52606d }
        .row { font-size: 15px; font-weight: bold; fill: #52606d } .size { font-size: 10px; fill: #7b8794 }
        .name { font-size: 10.5px; font-weight: bold; text-anchor: middle } .detail { font-size: 9px; fill: #52606d; text-anchor: middle }
        .box { stroke-width: 1.2 } .share { fill: #243b53; opacity: .55 } .pill { fill: #243b53 } .pilltext { font-size: 10px; fill: #ffffff; text-anchor: middle }
        .sum { fill: #ffffff; stroke: #334e68; stroke-width: 1.4 } .plus { stroke: #334e68; stroke-width: 1.6 }
        .arrow { fill: none; stroke: #829ab1; stroke-width: 1.4 } .skip { fill: none; stroke: #e07b39; stroke-width: 1.6 }
        .head { fill: #829ab1 } .skiphead { fill: #e07b39 }
        .frame { fill: #243b53; fill-opacity: .035; stroke: #9fb3c8; stroke-width: 1; stroke-dasharray: 4 3 } .framename { font-size: 10px; fill: #627d98; font-weight: bold }
        """;

    private readonly DrawingMetrics _metrics = new(layout);
    private readonly long _most = Math.Max(1, layout.Blocks.Max(block => block.MultiplyAdds));

    /// <summary>Paints everything.</summary>
    public void Paint(string title, string totals)
    {
        double width = Math.Max(_metrics.Width, 560);
        svg.Begin(width, _metrics.Height, Style);
        svg.Rectangle(0, 0, width, _metrics.Height, 0, "paper");
        svg.Text(20, 30, "title", title);
        svg.Text(20, 49, "totals", totals);
        for (int row = 0; row < layout.Rows.Count; row++) PaintRow(row, width);
        var frames = Frame.Of(layout, _metrics);
        foreach (var frame in frames) PaintFrame(frame);
        foreach (var arrow in layout.Arrows) PaintArrow(arrow);
        foreach (var block in layout.Blocks) PaintBlock(block, frames.LastOrDefault(frame => frame.Blocks.Contains(block)));
        PaintLegend();
        svg.End();
    }

    private static string Number(double value) => SvgWriter.Number(value);

    private void PaintRow(int row, double width)
    {
        double top = _metrics.RowTops[row], bottom = _metrics.RowTops[row + 1];
        if (row % 2 == 0) svg.Rectangle(0, top, width, bottom - top, 0, "band");
        svg.Path($"M 0 {Number(bottom)} H {Number(width)}", "line");
        var (height, columns) = layout.Rows[row];
        if (height == 0) return;
        double stride = (double)layout.Rows[0].Height / height;
        double middle = (top + bottom) / 2;
        svg.Text(20, middle, "row", stride == 1 ? "1" : string.Create(CultureInfo.InvariantCulture, $"1/{stride:0.#}"));
        svg.Text(20, middle + 15, "size", $"{columns} × {height}");
    }

    private void PaintFrame(Frame frame)
    {
        svg.BeginGroup(frame.Inner);
        svg.Rectangle(frame.Left, frame.Top, frame.Right - frame.Left, frame.Bottom - frame.Top, 9, "frame");
        svg.Text(frame.Left + 8, frame.Top + 12, "framename", frame.Scope);
        svg.EndGroup();
    }

    /// <summary>From the right of a block to the left of another: curves between columns, straight along its lane.</summary>
    private void PaintArrow(Arrow arrow)
    {
        int from = layout.ColumnOf(arrow.Source), to = layout.ColumnOf(arrow.Target);
        double x = _metrics.Right(arrow.Source), y = _metrics.Y(arrow.Source), endX = _metrics.Left(arrow.Target) - 5, endY = _metrics.Y(arrow.Target);
        string path = $"M {Number(x)} {Number(y)}";
        if (to - from > 1)
        {
            double lane = _metrics.LaneY(layout.RowOf(arrow.Source), arrow.Lane);
            path += Curve(x, y, _metrics.ColumnLeft(from + 1), lane) + $" H {Number(_metrics.ColumnRight(to - 1))}";
            (x, y) = (_metrics.ColumnRight(to - 1), lane);
        }

        bool isSkip = to - from > 1 && layout.RowOf(arrow.Source) == layout.RowOf(arrow.Target);
        svg.Path(path + Curve(x, y, endX, endY), isSkip ? "skip" : "arrow");
        svg.Path($"M {Number(endX + 5)} {Number(endY)} l -7 -3.5 v 7 z", isSkip ? "skiphead" : "head");
    }

    private static string Curve(double x, double y, double endX, double endY)
    {
        if (Math.Abs(y - endY) < 0.05) return $" H {Number(endX)}";
        double middle = (x + endX) / 2;
        return $" C {Number(middle)} {Number(y)} {Number(middle)} {Number(endY)} {Number(endX)} {Number(endY)}";
    }

    private void PaintBlock(Block block, Frame? frame)
    {
        double x = _metrics.X(block), y = _metrics.Y(block);
        svg.BeginGroup(Tooltip(block));
        if (block.Kind == BlockKind.Sum)
        {
            svg.Circle(x, y, DrawingMetrics.SumRadius, "sum");
            svg.Path($"M {Number(x - 5)} {Number(y)} h 10 M {Number(x)} {Number(y - 5)} v 10", "plus");
        }
        else if (block.Kind == BlockKind.Module)
        {
            PaintModule(block, x, y, frame);
        }
        else
        {
            svg.Rectangle(_metrics.Left(block), _metrics.Top(block), DrawingMetrics.PillWidth, DrawingMetrics.PillHeight, DrawingMetrics.PillHeight / 2, "pill");
            svg.Text(x, y + 3.5, "pilltext", $"{block.Path} · {block.Shape[1]}");
        }

        svg.EndGroup();
    }

    private void PaintModule(Block block, double x, double y, Frame? frame)
    {
        double hue = 205 + 24.0 * layout.RowOf(block);
        svg.Rectangle(_metrics.Left(block), _metrics.Top(block), DrawingMetrics.BoxWidth, DrawingMetrics.BoxHeight, 6, "box",
            $"fill: hsl({Number(hue)}, 70%, 94%); stroke: hsl({Number(hue)}, 42%, 58%)");
        string name = NameWithin(frame, block);
        svg.Text(x, y - 4, "name", name.Length <= LongestName ? name : "…" + name[^(LongestName - 1)..]);
        svg.Text(x, y + 9, "detail", $"{(block.Shape.Rank > 1 ? block.Shape[1] : 0)} ch · {Cost(block.MultiplyAdds)}");
        double share = (DrawingMetrics.BoxWidth - 12) * block.MultiplyAdds / _most;
        if (share >= 0.5) svg.Rectangle(_metrics.Left(block) + 6, y + DrawingMetrics.BoxHeight / 2 - 6, share, 2.5, 1.2, "share");
    }

    /// <summary>A block's path without what its frame says already; a number keeps the name before it.</summary>
    private static string NameWithin(Frame? frame, Block block)
    {
        if (frame is null) return block.Path;
        string name = block.Path[(frame.Inner.Length + 1)..];
        return char.IsDigit(name[0]) ? $"{frame.Inner[(frame.Inner.LastIndexOf('.') + 1)..]}.{name}" : name;
    }

    private static string Cost(long multiplyAdds) => multiplyAdds switch
    {
        0 => "0 MAC",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{multiplyAdds / 1e3:0} kMAC"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{multiplyAdds / 1e6:0.#} MMAC"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{multiplyAdds / 1e9:0.##} GMAC"),
    };

    private static string Tooltip(Block block)
    {
        string what = block.Kind switch
        {
            BlockKind.Module => block.Path,
            BlockKind.Sum => string.Join(" + ", block.Sources.Select(source => source.Path.Length > 0 ? source.Path : "sum")),
            _ => block.Path,
        };
        string named = string.Join("\n", block.Members.Select(value => value.Operation.Name).Where(name => name.Length > 0 && name != block.Path).Distinct());
        string numbers = block.Kind == BlockKind.Module
            ? string.Create(CultureInfo.InvariantCulture, $"\n{block.Contents}\n{block.Parameters:N0} parameters, {Cost(block.MultiplyAdds)}")
            : "";
        return $"{what}\n{block.Shape}{numbers}{(named.Length > 0 ? "\n" + named : "")}";
    }

    private void PaintLegend()
    {
        double y = _metrics.Height - 17;
        svg.Path($"M 20 {Number(y)} h 26", "arrow");
        svg.Text(52, y + 3.5, "totals", "data");
        svg.Path($"M 96 {Number(y)} h 26", "skip");
        svg.Text(128, y + 3.5, "totals", "skip: passes other modules at its own resolution");
        svg.Rectangle(424, y - 1, 26, 2.5, 1.2, "share");
        svg.Text(456, y + 3.5, "totals", "share of the multiply-adds");
    }
}
