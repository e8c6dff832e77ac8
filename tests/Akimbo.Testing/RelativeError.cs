using Akimbo.Tensors;

namespace Akimbo.Testing;

/// <summary>How far a tensor is from a recorded one.</summary>
public static class RelativeError
{
    /// <summary>‖actual − expected‖ / ‖expected‖ over all elements.</summary>
    public static double Of(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length) throw new ArgumentException($"{actual.Length} values against {expected.Length}.");
        double difference = 0, norm = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += ((double)actual[i] - expected[i]) * ((double)actual[i] - expected[i]);
            norm += (double)expected[i] * expected[i];
        }

        return Math.Sqrt(difference / Math.Max(norm, double.Epsilon));
    }

    /// <summary>‖actual − expected‖ / ‖expected‖; the shapes must be the same.</summary>
    public static double Of(Tensor actual, Tensor expected) => actual.Shape == expected.Shape
        ? Of(actual.Span, expected.Span)
        : throw new ArgumentException($"{actual.Shape} against {expected.Shape}.");
}
