namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>What makes the gradients by weights and bias of the sums of products that it left.</summary>
internal interface IWeightSums
{
    /// <summary>Parts of <see cref="ReduceWeights"/> that can run at the same time.</summary>
    int ReduceChunks { get; }

    /// <summary>Floats of scratch memory that a part of <see cref="ReduceWeights"/> needs.</summary>
    int ReduceScratchLength { get; }

    /// <summary>Makes the gradients by the weights of one block of input channels.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="accumulates">Whether they are added to what the gradients hold.</param>
    /// <param name="weightGradient">[O, I/groups, kernelSize, kernelSize].</param>
    /// <param name="scratch">At least <see cref="ReduceScratchLength"/> floats that no other running part uses.</param>
    /// <param name="chunk">From 0 to <see cref="ReduceChunks"/> − 1.</param>
    void ReduceWeights(ReadOnlySpan<float> sums, bool accumulates, Span<float> weightGradient, Span<float> scratch, int chunk);

    /// <summary>Makes the gradient by the bias.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="accumulates">Whether it is added to what the gradient holds.</param>
    /// <param name="biasGradient">[O].</param>
    void ReduceBias(ReadOnlySpan<float> sums, bool accumulates, Span<float> biasGradient);
}
