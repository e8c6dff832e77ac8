namespace Akimbo.Datasets.Masks;

/// <summary>A bitmap: for every pixel of a picture whether it belongs to something.</summary>
public sealed class BinaryMask
{
    private readonly bool[] _pixels;

    /// <summary>A mask of no pixels.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or there are more than 2^30 pixels.</exception>
    public BinaryMask(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((long)width * height > RunLengthMask.MaxPixels)
            throw new ArgumentOutOfRangeException(nameof(width), $"A mask of {width}×{height} pixels is larger than {RunLengthMask.MaxPixels} pixels.");
        Width = width;
        Height = height;
        _pixels = new bool[width * height];
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height × Width]: the pixels row by row.</summary>
    public ReadOnlySpan<bool> Pixels => _pixels;

    /// <summary>Whether a pixel belongs to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pixel.</exception>
    public bool this[int x, int y]
    {
        get => _pixels[Index(x, y)];
        set => _pixels[Index(x, y)] = value;
    }

    /// <summary>The number of pixels that belong to it.</summary>
    public int Area => _pixels.AsSpan().Count(true);

    /// <summary>Adds pixels of a column from one row on, going on at the top of the next column.</summary>
    internal void AddColumnRun(int start, int length)
    {
        for (int i = start; i < start + length; i++) _pixels[i % Height * Width + i / Height] = true;
    }

    private int Index(int x, int y)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
            throw new ArgumentOutOfRangeException(nameof(x), $"A mask of {Width}×{Height} pixels has no pixel ({x}, {y}).");
        return y * Width + x;
    }
}
