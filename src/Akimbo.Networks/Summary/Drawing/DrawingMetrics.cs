namespace Akimbo.Networks.Summary.Drawing;

/// <summary>The positions of a layout in pixels.</summary>
internal sealed class DrawingMetrics
{
    public const double BoxWidth = 118, BoxHeight = 42, SumRadius = 11, PillWidth = 92, PillHeight = 26;
    public const double Gutter = 34, LeftMargin = 92, TopMargin = 74, RightMargin = 24, BottomMargin = 44;
    private const double LanePitch = 58, ThinLanePitch = 15, RowPadding = 12;

    private readonly BlockLayout _layout;
    private readonly double[] _columnCentres;
    private readonly double[] _columnWidths;
    private readonly double[][] _laneCentres;

    public DrawingMetrics(BlockLayout layout)
    {
        _layout = layout;
        _columnWidths = new double[layout.ColumnCount];
        foreach (var block in layout.Blocks)
            _columnWidths[layout.ColumnOf(block)] = Math.Max(_columnWidths[layout.ColumnOf(block)], WidthOf(block));
        _columnCentres = new double[layout.ColumnCount];
        double x = LeftMargin;
        for (int column = 0; column < _columnCentres.Length; column++)
        {
            _columnCentres[column] = x + _columnWidths[column] / 2;
            x += _columnWidths[column] + Gutter;
        }

        Width = x - Gutter + RightMargin;
        _laneCentres = new double[layout.Rows.Count][];
        RowTops = new double[layout.Rows.Count + 1];
        double y = TopMargin;
        for (int row = 0; row < _laneCentres.Length; row++)
        {
            RowTops[row] = y;
            y += RowPadding;
            _laneCentres[row] = new double[layout.LanesOf(row)];
            for (int lane = _laneCentres[row].Length - 1; lane >= 0; lane--)
            {
                bool hasBlock = layout.Blocks.Any(block => layout.RowOf(block) == row && layout.LaneOf(block) == lane);
                double pitch = hasBlock ? LanePitch : ThinLanePitch;
                _laneCentres[row][lane] = y + pitch / 2;
                y += pitch;
            }

            y += RowPadding;
        }

        RowTops[^1] = y;
        Height = y + BottomMargin;
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Where each row begins, and where the last ends.</summary>
    public double[] RowTops { get; }

    public static double WidthOf(Block block) => block.Kind switch
    {
        BlockKind.Module => BoxWidth,
        BlockKind.Sum => 2 * SumRadius,
        _ => PillWidth,
    };

    public static double HeightOf(Block block) => block.Kind switch
    {
        BlockKind.Module => BoxHeight,
        BlockKind.Sum => 2 * SumRadius,
        _ => PillHeight,
    };

    public double X(Block block) => _columnCentres[_layout.ColumnOf(block)];

    public double Y(Block block) => LaneY(_layout.RowOf(block), _layout.LaneOf(block));

    public double Left(Block block) => X(block) - WidthOf(block) / 2;

    public double Right(Block block) => X(block) + WidthOf(block) / 2;

    public double Top(Block block) => Y(block) - HeightOf(block) / 2;

    public double Bottom(Block block) => Y(block) + HeightOf(block) / 2;

    public double LaneY(int row, int lane) => _laneCentres[row][lane];

    public double ColumnLeft(int column) => _columnCentres[column] - _columnWidths[column] / 2;

    public double ColumnRight(int column) => _columnCentres[column] + _columnWidths[column] / 2;
}
