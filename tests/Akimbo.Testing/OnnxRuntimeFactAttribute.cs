using Akimbo.Networks.Onnx;
using Xunit;

namespace Akimbo.Testing;

/// <summary>A test that runs exported models in ONNX Runtime; skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    /// <summary>Marks the test as skipped when ONNX Runtime is absent.</summary>
    public OnnxRuntimeFactAttribute()
    {
        if (OnnxRuntimePeer.Find() is null) Skip = "ONNX Runtime is not here; run `npm ci` in benchmarks/peers.";
    }
}
