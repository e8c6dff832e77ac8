using Akimbo.Networks.Operations;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Inference;

/// <summary>
/// Operations that one kernel computes: an operation, the BatchNorms folded into its weights, a map added to its result,
/// and the activation applied last.
/// </summary>
internal sealed class FusedNode(Value value, int position)
{
    private readonly List<(BatchNormalize Normalize, bool Shifts)> _folded = [];

    /// <summary>The place in the order of computation.</summary>
    public int Position { get; } = position;

    /// <summary>The operation that reads the inputs.</summary>
    public Operation Operation { get; } = value.Operation;

    /// <summary>What the operation reads.</summary>
    public IReadOnlyList<Value> Inputs { get; private set; } = value.Inputs;

    /// <summary>The value of the graph that the node gives: the last one fused.</summary>
    public Value Output { get; private set; } = value;

    /// <summary>A value added before the activation.</summary>
    public Value? Residual { get; private set; }

    /// <summary>A BatchNorm, with its activation, that a convolution applies to its input as it reads it.</summary>
    public FusedNode? Prologue { get; private set; }

    /// <summary>An upsampling that an addition does to its second input as it reads it.</summary>
    public NearestUpsample? Upsample { get; private set; }

    /// <summary>The activation.</summary>
    public ActivationRange Range { get; private set; } = ActivationRange.None;

    /// <summary>Whether anything more can be fused: nothing comes after an activation.</summary>
    public bool IsOpen => Range == ActivationRange.None;

    /// <summary>The BatchNorms folded into the weights, and whether their shift is added here.</summary>
    public IReadOnlyList<(BatchNormalize Normalize, bool Shifts)> Folded => _folded;

    /// <summary>All values the kernel reads.</summary>
    public IEnumerable<Value> Reads => Residual is null ? Inputs : Inputs.Append(Residual);

    /// <summary>Multiply-adds by the operation's definition.</summary>
    public long MultiplyAdds => Operation.MultiplyAdds([.. Inputs.Select(input => input.Shape)]);

    /// <summary>Folds a BatchNorm that follows.</summary>
    /// <param name="normalize">The BatchNorm.</param>
    /// <param name="shifts">Whether its shift is added here; where a sum is normalised, one of the addends takes it.</param>
    public void Fold(BatchNormalize normalize, bool shifts) => _folded.Add((normalize, shifts));

    /// <summary>Takes in the addition of another value.</summary>
    public void AddResidual(Value residual) => Residual = residual;

    /// <summary>Takes in the BatchNorm that gives the convolution's input.</summary>
    public void ReadThrough(FusedNode normalize)
    {
        Prologue = normalize;
        Inputs = normalize.Inputs;
    }

    /// <summary>Takes in the upsampling that gives one input of an addition.</summary>
    public void ReadThrough(FusedNode upsample, Value other)
    {
        Upsample = (NearestUpsample)upsample.Operation;
        Inputs = [other, upsample.Inputs[0]];
    }

    /// <summary>Takes in an activation.</summary>
    public void Activate(Clamp clamp) => Range = clamp.Range;

    /// <summary>Makes the node give a later value of the graph.</summary>
    public void GiveInstead(Value output) => Output = output;

    /// <summary>What the folded BatchNorms do to channel sums: <c>x · Scale + Shift</c>.</summary>
    public (float[] Scale, float[] Shift) Affine(int channels)
    {
        float[] scale = new float[channels], shift = new float[channels];
        scale.AsSpan().Fill(1);
        foreach (var (normalize, shifts) in _folded)
        {
            var (factor, offset) = normalize.Affine();
            for (int c = 0; c < channels; c++)
            {
                scale[c] *= factor[c];
                shift[c] = shift[c] * factor[c] + (shifts ? offset[c] : 0);
            }
        }

        return (scale, shift);
    }

    /// <inheritdoc/>
    public override string ToString() => Operation.ToString();
}
