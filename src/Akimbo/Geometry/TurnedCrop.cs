using System.Buffers;
using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>
/// A crop that is warped a second time within the input, as pytorch_stacked_hourglass augments (<c>data/MPII/dp.py</c>,
/// <c>loadImage</c>): the crop is made first, without rounding, and turned, resized and mirrored afterwards.
/// </summary>
internal sealed class TurnedCrop : PersonCrop
{
    private readonly CentreScaleCrop _crop;
    private readonly AffineTransform _turn;
    private readonly bool _isMirrored;

    /// <summary>Describes a crop.</summary>
    /// <param name="crop">The first step.</param>
    /// <param name="turn">The second, from pixels of the crop to pixels of the input.</param>
    /// <param name="isMirrored">Whether left and right are exchanged at the end.</param>
    public TurnedCrop(CentreScaleCrop crop, AffineTransform turn, bool isMirrored = false) : base(Side(crop), Side(crop))
    {
        _crop = crop;
        _turn = turn;
        _isMirrored = isMirrored;
        AffineTransform map = AffineTransform.Compose(first: crop.ImageToInput.Matrix, second: turn);
        ImageToInput = new(isMirrored ? AffineTransform.Compose(first: map, second: new AffineTransform(-1, 0, Width - 1, 0, 1, 0)) : map);
    }

    /// <inheritdoc/>
    public override Transform<ImagePoint, InputPoint> ImageToInput { get; }

    /// <inheritdoc/>
    public override void Extract(Image picture, Span<float> planes)
    {
        CheckPlanes(planes.Length);
        int length = planes.Length, plane = Width * Height;
        float[] first = ArrayPool<float>.Shared.Rent(length), second = ArrayPool<float>.Shared.Rent(length);
        ReadOnlySpan<float> values = Turn(picture, first.AsSpan(0, length), second.AsSpan(0, length));
        for (int i = 0; i < plane; i++)
        {
            planes[i] = values[3 * i] / 255;
            planes[plane + i] = values[3 * i + 1] / 255;
            planes[2 * plane + i] = values[3 * i + 2] / 255;
        }

        if (_isMirrored)
            for (int i = 0; i < length; i += Width) planes.Slice(i, Width).Reverse();
        ArrayPool<float>.Shared.Return(first);
        ArrayPool<float>.Shared.Return(second);
    }

    private protected override void ExtractTo(Image picture, Image input)
    {
        float[] first = new float[Width * Height * Image.Channels], second = new float[first.Length];
        ReadOnlySpan<float> values = Turn(picture, first, second);
        Span<byte> pixels = input.Pixels.Span;
        for (int y = 0, from = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, from += Image.Channels)
            {
                int to = (y * Width + (_isMirrored ? Width - 1 - x : x)) * Image.Channels;
                for (int c = 0; c < Image.Channels; c++) pixels[to + c] = (byte)MathF.Round(values[from + c]);
            }
        }
    }

    /// <summary>[height, width, 3], 0 to 255, in one of the two buffers.</summary>
    private ReadOnlySpan<float> Turn(Image picture, Span<float> crop, Span<float> turned)
    {
        _crop.ExtractInterleaved(picture, crop);
        if (_turn == AffineTransform.Identity) return crop;
        AffineWarp.WarpAffine(crop, Width, Height, turned, Width, Height, Image.Channels, _turn);
        return turned;
    }

    private static int Side(CentreScaleCrop crop)
    {
        ArgumentNullException.ThrowIfNull(crop);
        return crop.Width;
    }
}
