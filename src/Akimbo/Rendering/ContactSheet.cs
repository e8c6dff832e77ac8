using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Rendering;

/// <summary>
/// Many small pictures on one sheet, row after row, each scaled to fit its tile, with people drawn at the tile's size and
/// a caption below.
/// </summary>
public sealed class ContactSheet
{
    /// <summary>Rows of a tile that its caption takes.</summary>
    internal const int CaptionHeight = 22;

    /// <summary>Columns and rows of the largest tile.</summary>
    internal const int MaxTileSize = 2048;

    private const int Gap = 4;
    private const double TextSize = 13;
    private const double MeanLetterWidth = 0.62; // Of the font size, so that captions stay inside their tiles.
    private const int MaxSide = 65_500; // JPEG's limit.
    private const double FarAway = 1e6;
    private static readonly Color Text = new(230, 230, 235);

    private readonly ContactSheetOptions _options;
    private readonly int _columns;
    private readonly int _capacity;

    /// <summary>An empty, black sheet.</summary>
    /// <param name="tiles">How many tiles it has room for, at least 1.</param>
    /// <param name="options">Null for <see cref="ContactSheetOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or the sheet would have a side of more than 65,500 pixels.</exception>
    public ContactSheet(int tiles, ContactSheetOptions? options = null)
    {
        _options = options ?? ContactSheetOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TileSize, 64, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.TileSize, MaxTileSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxColumns, 1, nameof(options));

        _capacity = tiles;
        _columns = Math.Min(tiles, _options.MaxColumns);
        long step = _options.TileSize + Gap, rows = (tiles + _columns - 1L) / _columns;
        if (Math.Max(_columns, rows) * step + Gap > MaxSide)
            throw new ArgumentOutOfRangeException(nameof(tiles), tiles, $"A sheet of {_columns}×{rows} tiles of {_options.TileSize} pixels has a side of more than {MaxSide} pixels.");
        Image = new Image((int)(_columns * step + Gap), (int)(rows * step + Gap));
    }

    /// <summary>The sheet as it is now.</summary>
    public Image Image { get; }

    /// <summary>How many tiles are filled.</summary>
    public int Count { get; private set; }

    /// <summary>Fills the next tile.</summary>
    /// <param name="picture">The picture; it is not changed.</param>
    /// <param name="people">Who is drawn, in pixels of the picture.</param>
    /// <param name="skeleton">What their keypoints are.</param>
    /// <param name="caption">The line below; its beginning is cut where it is too long.</param>
    /// <exception cref="ArgumentException">A person has another number of keypoints than the skeleton.</exception>
    /// <exception cref="InvalidOperationException">All tiles are filled.</exception>
    /// <exception cref="DllNotFoundException">Cairo is not installed.</exception>
    public void Add(Image picture, IReadOnlyList<Person> people, Skeleton skeleton, string caption)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(caption);
        if (Count == _capacity) throw new InvalidOperationException($"All {_capacity} tiles of the sheet are filled.");

        int size = _options.TileSize, room = size - CaptionHeight;
        double scale = Math.Min((double)size / picture.Width, (double)room / picture.Height);
        var tile = new Image(Side(picture.Width, scale), Side(picture.Height, scale));
        Scale(picture, tile);
        double x = (double)tile.Width / picture.Width, y = (double)tile.Height / picture.Height;
        PoseOverlay.Draw(tile, [.. people.Select(person => Scaled(person, x, y))], skeleton, _options.Overlay);

        int left = Gap + Count % _columns * (size + Gap), top = Gap + Count / _columns * (size + Gap);
        Paste(tile, left + (size - tile.Width) / 2, top + (room - tile.Height) / 2);
        using (var canvas = new Canvas(Image))
            canvas.Text(left + Gap, top + size - (CaptionHeight - TextSize) / 2 - 2, Shortened(caption), Text, TextSize);
        Count++;
    }

    private static int Side(int pixels, double scale) => Math.Max(1, (int)(pixels * scale));

    // Averages blocks first, so that nothing is skipped when a large picture shrinks.
    private static void Scale(Image picture, Image tile)
    {
        int factor = Math.Clamp(Math.Min(picture.Width / tile.Width, picture.Height / tile.Height), 1, 256);
        Resize.Bilinear(factor == 1 ? picture : Resize.Shrink(picture, factor), tile);
    }

    private static Person Scaled(Person person, double x, double y) => new(
        [.. person.Keypoints.Select(keypoint => keypoint with { Position = Scaled(keypoint.Position, x, y) })],
        person.Score,
        Scaled(person.Box, x, y));

    private static ImagePoint Scaled(ImagePoint point, double x, double y) => new(Moved(point.X, x), Moved(point.Y, y));

    private static Box Scaled(Box box, double x, double y)
    {
        double left = Moved(box.X, x), top = Moved(box.Y, y);
        return new Box(left, top, Moved(box.Right, x) - left, Moved(box.Bottom, y) - top);
    }

    // Pixel centres are half a pixel from the border. Annotations may be anywhere, lines may not.
    private static double Moved(double position, double scale) => Math.Clamp((position + 0.5) * scale - 0.5, -FarAway, FarAway);

    private void Paste(Image tile, int left, int top)
    {
        for (int row = 0; row < tile.Height; row++)
            tile.Row(row)[..(tile.Width * Image.Channels)].CopyTo(Image.Row(top + row)[(left * Image.Channels)..]);
    }

    private string Shortened(string caption)
    {
        int most = (int)((_options.TileSize - 2 * Gap) / (TextSize * MeanLetterWidth));
        return caption.Length <= most ? caption : "…" + caption[^(most - 1)..];
    }
}
