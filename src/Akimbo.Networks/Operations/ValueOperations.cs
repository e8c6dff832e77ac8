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

    /// <summary>The expected position on every map: [N, K, H, W] to [N, K, 2], x then y in pixels of the map.</summary>
    /// <param name="x">[N, K, H, W].</param>
    /// <param name="order">What is normalised.</param>
    /// <param name="temperature">What the scores are divided by before the soft-max; more than 0.</param>
    /// <exception cref="ArgumentException">The maps are empty, or the temperature is not a finite number above 0.</exception>
    public static Value SoftArgMax2d(this Value x, SoftArgMaxOrder order = SoftArgMaxOrder.SoftmaxFirst, float temperature = 1) => x.Apply(new SoftArgMax(order, temperature));
}
