namespace Akimbo.Networks.Summary.Drawing;

/// <summary>An arrow of a drawing.</summary>
/// <param name="Source">Where it starts.</param>
/// <param name="Target">Where it ends.</param>
/// <param name="Lane">The lane of the source's row that it runs along where it passes columns.</param>
internal sealed record Arrow(Block Source, Block Target, int Lane);

/// <summary>
/// Where blocks stand: a row for each resolution, the largest on top; columns from left to right, each block behind all that it
/// reads; lanes within a row, counted upwards, for what stands or passes there at the same time.
/// </summary>
internal sealed class BlockLayout
{
    private readonly Dictionary<Block, int> _columns = [];
    private readonly Dictionary<Block, int> _rows = [];
    private readonly Dictionary<Block, int> _lanes = [];
    private readonly List<List<HashSet<int>>> _taken = [];

    public BlockLayout(BlockGraph graph)
    {
        Blocks = graph.Blocks;
        PlaceColumns();
        PlaceRows();
        foreach (var block in Blocks.OrderBy(block => _columns[block]).ThenByDescending(block => block.Path, StringComparer.Ordinal)) PlaceLane(block);
        Arrows = [.. Blocks.SelectMany(source => source.Targets.Select(target => (Source: source, Target: target)))
            .OrderBy(ends => _columns[ends.Target] - _columns[ends.Source]).Select(ends => Route(ends.Source, ends.Target))];
    }

    public IReadOnlyList<Block> Blocks { get; }

    public IReadOnlyList<Arrow> Arrows { get; }

    public int ColumnCount { get; private set; }

    /// <summary>The height and width of the maps in each row, [H, W]; 0 where results are no maps.</summary>
    public IReadOnlyList<(int Height, int Width)> Rows { get; private set; } = [];

    public int ColumnOf(Block block) => _columns[block];

    public int RowOf(Block block) => _rows[block];

    public int LaneOf(Block block) => _lanes[block];

    /// <summary>How many lanes a row has.</summary>
    public int LanesOf(int row) => _taken[row].Count;

    private static (int Height, int Width) MapOf(Block block) => block.Shape.Rank == 4 ? (block.Shape[2], block.Shape[3]) : (0, 0);

    /// <summary>As early as possible; where what follows waits for others, in the middle: an hourglass's skip above what it skips.</summary>
    private void PlaceColumns()
    {
        var earliest = new Dictionary<Block, int>();
        foreach (var block in Blocks) earliest[block] = After(block, earliest);
        foreach (var block in Blocks)
        {
            int first = After(block, _columns);
            int last = block.Targets.Count == 0 || block.Kind == BlockKind.Input ? first : block.Targets.Min(target => earliest[target]) - 1;
            _columns[block] = Math.Max(first, (first + last + 1) / 2);
        }

        ColumnCount = _columns.Values.Max() + 1;

        static int After(Block block, Dictionary<Block, int> columns) =>
            block.Sources.Count == 0 ? 0 : block.Sources.Max(source => columns[source]) + 1;
    }

    private void PlaceRows()
    {
        Rows = [.. Blocks.Select(MapOf).Distinct().OrderByDescending(map => (long)map.Height * map.Width)];
        foreach (var block in Blocks) _rows[block] = Rows.Index().First(row => row.Item == MapOf(block)).Index;
        foreach (var _ in Rows) _taken.Add([]);
    }

    private void PlaceLane(Block block)
    {
        int row = _rows[block], column = _columns[block];
        var neighbour = block.Sources.FirstOrDefault(source => _rows[source] == row);
        int wanted = neighbour is null ? 0 : _lanes[neighbour];
        _lanes[block] = Take(row, column, column, [wanted]);
    }

    private Arrow Route(Block source, Block target)
    {
        int row = _rows[source], from = _columns[source] + 1, to = _columns[target] - 1;
        if (from > to) return new Arrow(source, target, _lanes[source]);
        int[] wanted = _rows[target] == row ? [_lanes[source], _lanes[target]] : [_lanes[source]];
        return new Arrow(source, target, Take(row, from, to, wanted));
    }

    /// <summary>Takes the first wanted lane that is free over some columns, else the lowest.</summary>
    private int Take(int row, int from, int to, int[] wanted)
    {
        int lane = wanted.Concat(Enumerable.Range(0, _taken[row].Count + 1)).First(IsFree);
        while (_taken[row].Count <= lane) _taken[row].Add([]);
        for (int column = from; column <= to; column++) _taken[row][lane].Add(column);
        return lane;

        bool IsFree(int candidate) => candidate >= _taken[row].Count
            || !Enumerable.Range(from, to - from + 1).Any(_taken[row][candidate].Contains);
    }
}
