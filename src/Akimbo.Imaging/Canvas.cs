using Akimbo.Imaging.Native;

namespace Akimbo.Imaging;

/// <summary>
/// Draws anti-aliased shapes and text onto an image with Cairo. Coordinates are pixels; the centre of the top-left pixel is (0, 0).
/// Drawing is recorded, and reaches the image on <see cref="Flush"/> or <see cref="Dispose"/>, a tile at a time: no second picture is held.
/// Not safe for use by several threads at once.
/// </summary>
public sealed class Canvas : IDisposable
{
    private const int TileWidth = 8192;
    private const int TileHeight = 256;

    /// <summary>Cairo computes in fixed point with 24 bits before the point.</summary>
    private const double CoordinateLimit = 4_000_000;

    private readonly Image _image;
    private readonly int _tileHeight;
    private Cairo.Surface _recording;
    private Cairo.Context _context;
    private bool _isBlank = true;
    private bool _isDisposed;

    /// <summary>A canvas over an image.</summary>
    /// <param name="image">What is drawn onto.</param>
    /// <exception cref="DllNotFoundException">Cairo is not installed.</exception>
    public Canvas(Image image)
        : this(image, TileHeight)
    {
    }

    internal Canvas(Image image, int tileHeight)
    {
        ArgumentNullException.ThrowIfNull(image);
        NativeLibraries.Require(Cairo.Library);
        _image = image;
        _tileHeight = tileHeight;
        (_recording, _context) = StartRecording();
    }

    /// <summary>A straight line with round ends; two equal points give a dot.</summary>
    /// <param name="x1">Start, pixels.</param>
    /// <param name="y1">Start, pixels.</param>
    /// <param name="x2">End, pixels.</param>
    /// <param name="y2">End, pixels.</param>
    /// <param name="color">The colour.</param>
    /// <param name="width">Width, pixels, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, beyond ±4 million, or a negative width.</exception>
    public void Line(double x1, double y1, double x2, double y2, Color color, double width)
    {
        CheckPoint(x1, y1);
        CheckPoint(x2, y2);
        CheckLength(width);
        Begin(color);
        Cairo.SetLineWidth(_context, width);
        Cairo.MoveTo(_context, x1 + 0.5, y1 + 0.5);
        Cairo.LineTo(_context, x2 + 0.5, y2 + 0.5);
        Cairo.Stroke(_context);
    }

    /// <summary>A filled circle.</summary>
    /// <param name="x">Centre, pixels.</param>
    /// <param name="y">Centre, pixels.</param>
    /// <param name="radius">Radius, pixels, at least 0.</param>
    /// <param name="fill">The colour.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, beyond ±4 million, or a negative radius.</exception>
    public void Circle(double x, double y, double radius, Color fill)
    {
        CheckPoint(x, y);
        CheckLength(radius);
        Begin(fill);
        Cairo.Arc(_context, x + 0.5, y + 0.5, radius, 0, 2 * Math.PI);
        Cairo.Fill(_context);
    }

    /// <summary>The outline of a rectangle; the line is centred on its border.</summary>
    /// <param name="x">Left, pixels.</param>
    /// <param name="y">Top, pixels.</param>
    /// <param name="width">Width, pixels, at least 0.</param>
    /// <param name="height">Height, pixels, at least 0.</param>
    /// <param name="color">The colour.</param>
    /// <param name="lineWidth">Width of the line, pixels, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, beyond ±4 million, or a negative length.</exception>
    public void Rectangle(double x, double y, double width, double height, Color color, double lineWidth)
    {
        CheckPoint(x, y);
        CheckLength(width);
        CheckLength(height);
        CheckLength(lineWidth);
        Begin(color);
        Cairo.SetLineWidth(_context, lineWidth);
        Cairo.AddRectangle(_context, x + 0.5, y + 0.5, width, height);
        Cairo.Stroke(_context);
    }

    /// <summary>A line of text in the system's sans-serif font.</summary>
    /// <param name="x">Left end of the baseline, pixels.</param>
    /// <param name="y">The baseline, pixels.</param>
    /// <param name="text">The text.</param>
    /// <param name="color">Colour of the letters.</param>
    /// <param name="size">Font size (em), pixels, above 0.</param>
    /// <param name="background">Colour of a box behind the text, as high as the font; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, beyond ±4 million, or the size is not above 0.</exception>
    public void Text(double x, double y, string text, Color color, double size, Color? background = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        CheckPoint(x, y);
        CheckLength(size);
        ArgumentOutOfRangeException.ThrowIfZero(size);
        Begin(background ?? color);
        Cairo.SetFontSize(_context, size);
        if (background is not null)
        {
            double margin = size / 6;
            Cairo.GetFontExtents(_context, out Cairo.FontExtents font);
            Cairo.GetTextExtents(_context, text, out Cairo.TextExtents extents);
            Cairo.AddRectangle(_context, x + 0.5 - margin, y + 0.5 - font.Ascent, extents.XAdvance + 2 * margin, font.Ascent + font.Descent);
            Cairo.Fill(_context);
            Begin(color);
        }
        Cairo.MoveTo(_context, x + 0.5, y + 0.5);
        Cairo.ShowText(_context, text);
    }

    /// <summary>Brings what was drawn onto the image.</summary>
    /// <exception cref="InvalidOperationException">Cairo failed, for instance for want of memory.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isBlank)
            return;
        Cairo.ThrowOnError(_context);
        Cairo.GetInkExtents(_recording, out double left, out double top, out double width, out double height);
        int x0 = Math.Clamp((int)Math.Floor(left), 0, _image.Width), x1 = Math.Clamp((int)Math.Ceiling(left + width), x0, _image.Width);
        int y0 = Math.Clamp((int)Math.Floor(top), 0, _image.Height), y1 = Math.Clamp((int)Math.Ceiling(top + height), y0, _image.Height);
        var tile = new uint[Math.Min(x1 - x0, TileWidth) * Math.Min(y1 - y0, _tileHeight)];
        for (int y = y0; y < y1; y += _tileHeight)
        {
            for (int x = x0; x < x1; x += TileWidth)
                FlushTile(tile, x, y, Math.Min(TileWidth, x1 - x), Math.Min(_tileHeight, y1 - y));
        }
        _context.Dispose();
        _recording.Dispose();
        (_recording, _context) = StartRecording();
        _isBlank = true;
    }

    /// <summary>Flushes and frees the recording.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        try
        {
            Flush();
        }
        finally
        {
            _isDisposed = true;
            _context.Dispose();
            _recording.Dispose();
        }
    }

    private (Cairo.Surface Recording, Cairo.Context Context) StartRecording()
    {
        Cairo.Surface recording = Cairo.CreateRecording(Cairo.ContentColorAlpha, new Cairo.Rectangle(0, 0, _image.Width, _image.Height));
        Cairo.Context context = Cairo.Create(recording);
        Cairo.SetLineCap(context, Cairo.LineCapRound);
        Cairo.SelectFontFace(context, "sans", slant: 0, weight: 0);
        return (recording, context);
    }

    private void Begin(Color color)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _isBlank = false;
        Cairo.SetSource(_context, color.Red / 255.0, color.Green / 255.0, color.Blue / 255.0, color.Alpha / 255.0);
        Cairo.NewPath(_context);
    }

    private unsafe void FlushTile(uint[] tile, int x0, int y0, int width, int height)
    {
        Array.Clear(tile);
        fixed (uint* data = tile)
        {
            using Cairo.Surface surface = Cairo.CreateImage(data, Cairo.FormatArgb32, width, height, width * sizeof(uint));
            using Cairo.Context context = Cairo.Create(surface);
            Cairo.SetSource(context, _recording, -x0, -y0);
            Cairo.Paint(context);
            Cairo.ThrowOnError(context);
            Cairo.Flush(surface);
        }
        for (int y = 0; y < height; y++)
            BlendOver(tile.AsSpan(y * width, width), _image.Row(y0 + y).Slice(x0 * Image.Channels, width * Image.Channels));
    }

    /// <summary>target = source + (1 − alpha) · target, the source being premultiplied ARGB.</summary>
    private static void BlendOver(ReadOnlySpan<uint> source, Span<byte> target)
    {
        for (int x = source.IndexOfAnyExcept(0u); x >= 0 && x < source.Length; x++)
        {
            uint color = source[x];
            if (color == 0)
            {
                int next = source[x..].IndexOfAnyExcept(0u);
                if (next < 0)
                    return;
                x += next;
                color = source[x];
            }
            uint rest = 255 - (color >> 24);
            Span<byte> pixel = target.Slice(x * Image.Channels, Image.Channels);
            pixel[0] = Blend((color >> 16) & 255, pixel[0], rest);
            pixel[1] = Blend((color >> 8) & 255, pixel[1], rest);
            pixel[2] = Blend(color & 255, pixel[2], rest);
        }
    }

    private static byte Blend(uint source, uint target, uint rest) => (byte)Math.Min(255, source + (target * rest + 127) / 255);

    private static void CheckPoint(double x, double y)
    {
        if (!(Math.Abs(x) <= CoordinateLimit && Math.Abs(y) <= CoordinateLimit))
            throw new ArgumentOutOfRangeException(nameof(x), $"Canvas: ({x}, {y}) came, coordinates within ±{CoordinateLimit} are expected.");
    }

    private static void CheckLength(double length)
    {
        if (!(length >= 0 && length <= CoordinateLimit))
            throw new ArgumentOutOfRangeException(nameof(length), $"Canvas: a length of {length} came, 0…{CoordinateLimit} is expected.");
    }
}
