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
    public abstract Image Extract(Image picture);
}
