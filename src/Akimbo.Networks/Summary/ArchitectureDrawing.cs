using System.Globalization;
using System.Text;
using System.Xml;
using Akimbo.Networks.Summary.Drawing;

namespace Akimbo.Networks.Summary;

/// <summary>
/// Draws a network as SVG: time runs to the right, a row for each resolution, boxes for modules, circles for sums. Modules that
/// go straight on are closed boxes; hourglasses, branches and skips are opened so that they are seen.
/// </summary>
public static class ArchitectureDrawing
{
    private const int MostBlocks = 140;
    private const int DeepestPath = 12;

    /// <summary>The drawing as an SVG document.</summary>
    /// <param name="graph">The graph; its parameters need no values.</param>
    /// <param name="options">The heading, and how much is shown.</param>
    /// <exception cref="ArgumentException">The depth is less than 1.</exception>
    public static string ToSvg(Graph graph, ArchitectureDrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        options ??= new ArchitectureDrawingOptions();
        if (options.Depth < 1) throw new ArgumentException($"The depth is {options.Depth}; expected 1 or more.", nameof(options));
        var blocks = options.Depth is { } depth ? BlockGraph.Of(graph, depth) : Readable(graph);
        var summary = GraphSummary.Of(graph);
        string totals = string.Create(CultureInfo.InvariantCulture,
            $"input {graph.Input.Shape} · {summary.Parameters / 1e6:0.00} M parameters · {summary.MultiplyAdds / 1e9:0.00} G multiply-adds");

        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
            new BlockPainter(new SvgWriter(writer), new BlockLayout(blocks)).Paint(options.Title, totals);
        return text.Append('\n').ToString();
    }

    /// <summary>The deepest view that has not too many blocks.</summary>
    private static BlockGraph Readable(Graph graph)
    {
        for (int depth = DeepestPath; ; depth--)
            if (BlockGraph.Of(graph, depth) is var blocks && (blocks.Blocks.Count <= MostBlocks || depth == 1)) return blocks;
    }
}
