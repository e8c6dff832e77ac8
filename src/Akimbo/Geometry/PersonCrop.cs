using System.Buffers;
using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>How a person is cut out of a picture to become a network's input.</summary>
public abstract class PersonCrop
{
    private protected PersonCrop(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
    }

    /// <summary>Columns of the input.</summary>
    public int Width { get; }

    /// <summary>Rows of the input.</summary>
    public int Height { get; }

    /// <summary>From the picture to the input.</summary>
    public abstract Transform<ImagePoint, InputPoint> ImageToInput { get; }

    /// <summary>The input of <see cref="Width"/> × <see cref="Height"/> pixels; black where the picture ends.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    public Image Extract(Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var input = new Image(Width, Height);
        ExtractTo(picture, input);
        return input;
    }

    /// <summary>The input as planes, as training takes it; black where the picture ends.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <param name="planes">[3, height, width], 0 to 1; every value is written.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public virtual void Extract(Image picture, Span<float> planes)
    {
        CheckPlanes(planes.Length);
        byte[] pixels = ArrayPool<byte>.Shared.Rent(Width * Height * Image.Channels);
        var input = new Image(Width, Height, pixels);
        ExtractTo(picture, input);
        ReadOnlySpan<byte> values = pixels.AsSpan(0, planes.Length);
        int plane = Width * Height;
        Span<float> red = planes[..plane], green = planes.Slice(plane, plane), blue = planes.Slice(2 * plane, plane);
        for (int i = 0; i < plane; i++)
        {
            red[i] = values[3 * i] / 255f;
            green[i] = values[3 * i + 1] / 255f;
            blue[i] = values[3 * i + 2] / 255f;
        }

        ArrayPool<byte>.Shared.Return(pixels);
    }

    /// <summary>Writes every pixel of an input that there is already.</summary>
    private protected abstract void ExtractTo(Image picture, Image input);

    private protected void CheckPlanes(int length)
    {
        if (length != Image.Channels * Width * Height)
            throw new ArgumentException($"The planes [3, {Height}, {Width}] have {Image.Channels * Width * Height} values; {length} came.");
    }
}
