using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Layers;

/// <summary>
/// PyTorch's <c>nn.BatchNorm2d</c>: <c>weight</c>, <c>bias</c>, <c>running_mean</c> and <c>running_var</c>, all [C], and
/// <c>num_batches_tracked</c>, which old checkpoints lack.
/// </summary>
public sealed class BatchNorm2d : Module
{
    private readonly BatchNormalize _normalize;

    /// <summary>Declares the layer.</summary>
    /// <param name="scope">Where its parameters are named.</param>
    /// <param name="channels">C.</param>
    /// <param name="eps">What keeps the root from zero.</param>
    public BatchNorm2d(ParameterScope scope, int channels, float eps = 1e-5f)
    {
        _normalize = new BatchNormalize(scope.Path, scope.Parameter("weight", [channels]), scope.Parameter("bias", [channels]),
            scope.Buffer("running_mean", [channels]), scope.Buffer("running_var", [channels]), eps);
        scope.Buffer("num_batches_tracked", [], isOptional: true);
    }

    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public override Value Forward(Value x) => x.Apply(_normalize);
}
