using System.Text;

namespace Akimbo.Datasets.Masks;

/// <summary>
/// A mask as lengths of runs, down one column after the other: pixels outside and inside in turn, beginning outside
/// (COCO API, <c>common/maskApi.c</c>).
/// </summary>
public sealed class RunLengthMask
{
    /// <summary>The most pixels that a mask may have.</summary>
    public const int MaxPixels = 1 << 30;

    // Compressed text: six bits a character, one of which says whether the number goes on.
    private const int FirstCharacter = 48;
    private const int DigitBits = 5;
    private const int MoreFlag = 0x20;
    private const int SignFlag = 0x10;
    private const int DigitMask = 0x1f;
    private const int MaxDigits = 7;

    private readonly int[] _runs;

    /// <summary>Checks and makes a mask.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="runs">The lengths of the runs (<c>counts</c>), outside and inside in turn; they add up to width · height.</param>
    /// <exception cref="ArgumentException">A length is negative, or they add up to something else.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or there are more than 2^30 pixels.</exception>
    public RunLengthMask(int width, int height, IReadOnlyList<long> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        int pixels = CheckSize(width, height);
        long sum = 0;
        _runs = new int[runs.Count];
        for (int i = 0; i < _runs.Length; i++)
        {
            long run = runs[i];
            if (run < 0 || run > pixels - sum)
                throw new ArgumentException(
                    $"Run {i + 1} of a mask of {width}×{height} pixels has {run} of them, after {sum}; they cover {pixels} pixels together.", nameof(runs));
            _runs[i] = (int)run;
            sum += run;
        }

        if (sum != pixels) throw new ArgumentException($"The runs of a mask of {width}×{height} pixels cover {sum} of {pixels} pixels.", nameof(runs));
        Width = width;
        Height = height;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The lengths of the runs, outside and inside in turn.</summary>
    public IReadOnlyList<int> Runs => _runs;

    /// <summary>The number of pixels inside (<c>rleArea</c>).</summary>
    public int Area
    {
        get
        {
            int area = 0;
            for (int i = 1; i < _runs.Length; i += 2) area += _runs[i];
            return area;
        }
    }

    /// <summary>Reads the compressed text of COCO files (<c>rleFrString</c>).</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="counts">The text.</param>
    /// <exception cref="ArgumentException">The text is damaged, or its runs do not add up to width · height.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or there are more than 2^30 pixels.</exception>
    public static RunLengthMask Parse(int width, int height, string counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var runs = new List<long>();
        for (int position = 0; position < counts.Length;)
        {
            long value = 0;
            int digits = 0, digit;
            do
            {
                digit = position < counts.Length ? counts[position++] - FirstCharacter : -1;
                if (digit is < 0 or >= 1 << (DigitBits + 1) || digits == MaxDigits)
                    throw new ArgumentException($"The compressed runs of a mask are damaged at character {position}.", nameof(counts));
                value |= (long)(digit & DigitMask) << (DigitBits * digits++);
            }
            while ((digit & MoreFlag) != 0);

            if ((digit & SignFlag) != 0) value |= -1L << (DigitBits * digits);
            if (runs.Count > 2) value += runs[^2]; // Runs after the third are differences.
            runs.Add(value);
        }

        return new RunLengthMask(width, height, runs);
    }

    /// <summary>The pixels inside a closed polygon, by the rule of the COCO API; see <see cref="PolygonRuns"/>.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="polygon">x, y, x, y, … in image pixels; at least three corners.</param>
    /// <exception cref="ArgumentException">There are fewer corners, half a corner, or a boundary of more than 2^26 fifths of a pixel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or there are more than 2^30 pixels.</exception>
    public static RunLengthMask FromPolygon(int width, int height, ReadOnlySpan<double> polygon)
    {
        CheckSize(width, height);
        return new RunLengthMask(width, height, PolygonRuns.Of(width, height, polygon));
    }

    /// <summary>The runs of a bitmap (<c>rleEncode</c>).</summary>
    public static RunLengthMask FromMask(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var runs = new List<long> { 0 };
        bool inside = false;
        for (int x = 0; x < mask.Width; x++)
        {
            for (int y = 0; y < mask.Height; y++)
            {
                if (mask.Pixels[y * mask.Width + x] != inside)
                {
                    inside = !inside;
                    runs.Add(0);
                }

                runs[^1]++;
            }
        }

        return new RunLengthMask(mask.Width, mask.Height, runs);
    }

    /// <summary>The compressed text of COCO files (<c>rleToString</c>).</summary>
    public string ToCompressedText()
    {
        var text = new StringBuilder();
        for (int i = 0; i < _runs.Length; i++)
        {
            int value = i > 2 ? _runs[i] - _runs[i - 2] : _runs[i];
            bool more;
            do
            {
                int digit = value & DigitMask;
                value >>= DigitBits;
                more = (digit & SignFlag) != 0 ? value != -1 : value != 0;
                text.Append((char)(FirstCharacter + digit + (more ? MoreFlag : 0)));
            }
            while (more);
        }

        return text.ToString();
    }

    /// <summary>The bitmap (<c>rleDecode</c>).</summary>
    public BinaryMask ToMask()
    {
        var mask = new BinaryMask(Width, Height);
        AddTo(mask);
        return mask;
    }

    /// <summary>Adds the pixels inside to a bitmap.</summary>
    /// <exception cref="ArgumentException">The bitmap has another size.</exception>
    public void AddTo(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Width != Width || mask.Height != Height)
            throw new ArgumentException($"A mask of {Width}×{Height} pixels does not fit into one of {mask.Width}×{mask.Height}.", nameof(mask));

        int start = 0;
        for (int i = 0; i < _runs.Length; start += _runs[i++])
            if (i % 2 == 1) mask.AddColumnRun(start, _runs[i]);
    }

    private static int CheckSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long pixels = (long)width * height;
        return pixels <= MaxPixels ? (int)pixels : throw new ArgumentOutOfRangeException(nameof(width), $"A mask of {width}×{height} pixels is larger than {MaxPixels} pixels.");
    }
}
