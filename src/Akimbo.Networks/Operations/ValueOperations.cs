namespace Akimbo.Networks.Operations;

/// <summary>Operations without parameters, as methods of a value.</summary>
public static class ValueOperations
{
    /// <summary>0 and above.</summary>
    public static Value Relu(this Value x) => x.Apply(Clamp.Relu);

    /// <summary>0 to 6.</summary>
    public static Value Relu6(this Value x) => x.Apply(Clamp.Relu6);

    /// <summary>The largest of the pixels under a window.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernelSize">Rows and columns of the window.</param>
    /// <param name="stride">Pixels between windows.</param>
    /// <param name="padding">Rows and columns around the input that never win.</param>
    /// <exception cref="ArgumentException">The input is smaller than the window.</exception>
    public static Value MaxPool2d(this Value x, int kernelSize, int stride, int padding = 0) => x.Apply(new MaxPool(kernelSize, stride, padding));

    /// <summary>Repeats every pixel: [N, C, H, W] to [N, C, H·scale, W·scale].</summary>
    public static Value UpsampleNearest(this Value x, int scale) => x.Apply(new NearestUpsample(scale));

    /// <summary>Interpolates between pixels: [N, C, H, W] to [N, C, height, width].</summary>
    public static Value UpsampleBilinear(this Value x, int height, int width, bool alignCorners = false) => x.Apply(new BilinearUpsample(height, width, alignCorners));
}
