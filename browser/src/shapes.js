// Draws nodes as regular polygons and circles, so that a type has a shape and not only a colour.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

// Each node is a triangle around its shape; the pixels outside the shape are left out.
const COVER = 1.6;
const THIRD = (2 * Math.PI) / 3;

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute vec3 a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_offset;
varying float v_radius;
varying vec3 v_shape;

void main() {
  v_radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  v_offset = v_radius * 2.0 * ${COVER.toFixed(1)} * vec2(cos(a_angle), sin(a_angle));
  v_shape = a_shape;
  gl_Position = vec4((u_matrix * vec3(a_position + v_offset, 1)).xy, 0, 1);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_offset;
varying float v_radius;
varying vec3 v_shape;
uniform float u_correctionRatio;

void main(void) {
  // v_shape: the angle between two corners, where the first one is, and how far out its sides are.
  float away = length(v_offset);
  if (v_shape.x > 0.0) {
    float angle = mod(atan(v_offset.x, v_offset.y) - v_shape.y, v_shape.x) - v_shape.x / 2.0;
    away *= cos(angle);
  }
  float inside = v_radius * v_shape.z - away;
  #ifdef PICKING_MODE
  gl_FragColor = inside < 0.0 ? vec4(0.0) : v_color;
  #else
  gl_FragColor = mix(vec4(0.0), v_color, clamp(inside / (u_correctionRatio * 2.0) + 0.5, 0.0, 1.0));
  #endif
}`;

// The three numbers of a shape whose area is that of a circle of the same size.
export function shapeOf({ corners, turned }) {
  if (!corners) return [0, 0, 1];
  const step = (2 * Math.PI) / corners;
  const radius = Math.sqrt(Math.PI / ((corners / 2) * Math.sin(step)));
  return [step, (turned * Math.PI) / 180, radius * Math.cos(step / 2)];
}

export class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_shape", size: 3, type: FLOAT },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [THIRD], [2 * THIRD]],
    };
  }

  processVisibleItem(id, at, data) {
    this.array.set([data.x, data.y, data.size, floatColor(data.color), id, ...data.shape], at);
  }

  setUniforms({ sizeRatio, correctionRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}
