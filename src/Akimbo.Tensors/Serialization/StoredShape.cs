namespace Akimbo.Tensors.Serialization;

/// <summary>Makes a shape of the dimensions that a file declares, which may be anything.</summary>
internal static class StoredShape
{
    /// <summary>The shape, or null and what is wrong with it: "has ...", without the tensor's name and a full stop.</summary>
    public static Shape? TryCreate(ReadOnlySpan<long> dimensions, out string? problem)
    {
        problem = null;
        if (dimensions.Length > Shape.MaxRank)
        {
            problem = $"has {dimensions.Length} dimensions; at most {Shape.MaxRank} are allowed";
            return null;
        }

        Span<int> lengths = stackalloc int[dimensions.Length];
        Int128 count = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] is < 0 or > int.MaxValue)
            {
                problem = $"has a dimension of length {dimensions[i]}; 0 to {int.MaxValue} are allowed";
                return null;
            }

            lengths[i] = (int)dimensions[i];
            count *= lengths[i];
            if (count > long.MaxValue)
            {
                problem = $"has the shape [{string.Join(", ", dimensions.ToArray())}], more elements than can be counted";
                return null;
            }
        }

        return new Shape(lengths);
    }
}
