using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels;

/// <summary>The awkward sizes that every kernel is tried with, and seeded random values.</summary>
internal static class Samples
{
    public static int[] Channels { get; } = [1, 3, 15, 16, 17, 31, 33, 48];

    /// <summary>Pixel counts just under and over the tiles of 6 and 14 pixels and their doubles, flat, tall and square.</summary>
    public static (int Height, int Width)[] Maps { get; } =
    [
        (1, 1), (1, 5), (5, 1), (2, 3), (6, 1), (1, 7), (7, 1), (1, 13), (2, 7), (3, 5), (4, 4), (4, 7), (1, 29), (29, 1), (9, 11),
    ];

    public static ActivationRange[] Ranges { get; } = [ActivationRange.None, ActivationRange.Relu, ActivationRange.Relu6];

    public static TheoryData<SimdPath> Paths { get; } = [.. SimdPaths.Supported];

    /// <summary>Values from −<paramref name="limit"/> to <paramref name="limit"/>.</summary>
    public static float[] Values(this Random random, long count, float limit = 1)
    {
        var values = new float[count];
        for (int i = 0; i < values.Length; i++) values[i] = (random.NextSingle() * 2 - 1) * limit;
        return values;
    }

    public static T Pick<T>(this Random random, T[] values) => values[random.Next(values.Length)];
}
