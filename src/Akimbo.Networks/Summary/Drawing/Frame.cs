namespace Akimbo.Networks.Summary.Drawing;

/// <summary>The area of an opened module.</summary>
internal sealed class Frame
{
    private const int FewestModules = 4;
    private const double Margin = 6, NestedMargin = 4, Heading = 11;

    private readonly DrawingMetrics _metrics;
    private readonly List<Frame> _inside = [];

    private Frame(string scope, HashSet<Block> blocks, DrawingMetrics metrics)
    {
        Scope = Inner = scope;
        Blocks = blocks;
        _metrics = metrics;
    }

    /// <summary>The module; where others inside have the same blocks, the outermost.</summary>
    public string Scope { get; }

    /// <summary>The innermost module of the same blocks.</summary>
    public string Inner { get; private set; }

    /// <summary>What is inside.</summary>
    public HashSet<Block> Blocks { get; }

    public double Left => Blocks.Min(_metrics.Left) - Spare;

    public double Right => Blocks.Max(_metrics.Right) + Spare;

    public double Top => Math.Min(Blocks.Min(_metrics.Top) - Spare, _inside.Select(frame => frame.Top).DefaultIfEmpty(double.MaxValue).Min()) - Heading;

    public double Bottom => Blocks.Max(_metrics.Bottom) + Spare;

    private double Spare => Margin + NestedMargin * Levels;

    /// <summary>How many frames lie inside one another inside this one.</summary>
    private int Levels => _inside.Select(frame => frame.Levels + 1).DefaultIfEmpty(0).Max();

    /// <summary>The frames of a layout, outermost first: modules whose blocks go together and have an area of their own.</summary>
    public static IReadOnlyList<Frame> Of(BlockLayout layout, DrawingMetrics metrics)
    {
        var modules = layout.Blocks.Where(block => block.Kind is BlockKind.Module or BlockKind.Sum).ToList();
        var frames = new List<Frame>();
        foreach (string scope in modules.SelectMany(block => Ancestors(block.Path)).Distinct().OrderBy(ScopePath.Depth).ThenBy(scope => scope, StringComparer.Ordinal))
        {
            var frame = new Frame(scope, [.. modules.Where(block => ScopePath.IsWithin(block.Path, scope))], metrics);
            if (frames.Find(other => other.Blocks.SetEquals(frame.Blocks)) is { } same) same.Inner = scope;
            else if (frame.Blocks.Count(block => block.Kind == BlockKind.Module) >= FewestModules && frame.IsConvex(layout) && frame.IsAlone(layout)) frames.Add(frame);
        }

        for (int i = frames.Count - 1; i >= 0; i--)
            frames[i]._inside.AddRange(frames.Skip(i + 1).Where(other => frames[i].Blocks.IsSupersetOf(other.Blocks)));
        return frames;
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (int i = 0; i < path.Length; i++)
            if (path[i] == '.') yield return path[..i];
    }

    /// <summary>Whether nothing outside both reads a block inside and is read by one.</summary>
    private bool IsConvex(BlockLayout layout)
    {
        var after = new HashSet<Block>();
        foreach (var block in layout.Blocks)
        {
            bool readsAfter = block.Sources.Exists(after.Contains);
            if (Blocks.Contains(block) && readsAfter) return false;
            if (readsAfter || (!Blocks.Contains(block) && block.Sources.Exists(Blocks.Contains))) after.Add(block);
        }

        return true;
    }

    private bool IsAlone(BlockLayout layout) => !layout.Blocks.Any(block => !Blocks.Contains(block)
        && _metrics.Right(block) > Left && _metrics.Left(block) < Right && _metrics.Bottom(block) > Top && _metrics.Top(block) < Bottom);
}
